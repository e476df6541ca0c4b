import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as client from 'prom-client'
import { prometheusMetrics } from 'mtls-identity/metrics'
import { parseQuery, type Matcher, type Query } from './support/promql.js'

interface Dashboard {
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
  }[]
}

const read = (name: string): string => readFileSync(join(__dirname, '../../examples/grafana', name), 'utf8')

const { panels } = JSON.parse(read('dashboard.json')) as Dashboard
const ALERTS = [...read('README.md').matchAll(/- alert: (\w+)\n +expr: (.+)/g)]

/** Every query, as Grafana sends it. */
const QUERIES = panels
  .flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }): [string, string, Query] => [
      title,
      legendFormat,
      parseQuery(expr.replaceAll('$__rate_interval', '5m')),
    ]),
  )
  .concat(ALERTS.map(([, title = '', expr = '']) => [title, '', parseQuery(expr)]))

/** The values of each label of each series name that Prometheus would read. */
const readExported = async (): Promise<Map<string, Map<string, Set<string>>>> => {
  const exported = new Map<string, Map<string, Set<string>>>()
  for (const [, name = '', pairs = ''] of (await client.register.metrics()).matchAll(
    /^(\w+)(?:{(.*)})? /gm,
  )) {
    const labels = exported.get(name) ?? new Map<string, Set<string>>()
    exported.set(name, labels)
    for (const [, label = '', value = ''] of pairs.matchAll(/(\w+)="([^"]*)"/g))
      labels.set(label, (labels.get(label) ?? new Set()).add(value))
  }
  return exported
}

const matches = (value: string, { operator, value: wanted }: Matcher): boolean => {
  if (operator === '=~') return new RegExp(`^(?:${wanted})$`).test(value)
  return (value === wanted) === (operator === '=')
}

/** As Prometheus 3 writes the bound of a bucket. */
const asFloat = (value: string): string => (/^\d+$/.test(value) ? `${value}.0` : value)

describe('examples/grafana, its dashboard and its alerts', () => {
  let exported: Awaited<ReturnType<typeof readExported>>

  beforeAll(async () => {
    const stop = prometheusMetrics(client)
    exported = await readExported()
    stop()
    client.register.clear()
  })

  it.each(QUERIES)(
    'asks for series that are exported: %s (%s)',
    (_title, legend, { selectors, groupings }) => {
      expect(selectors).not.toEqual([])
      for (const { metric, matchers } of selectors) {
        const labels = exported.get(metric)
        expect([metric, labels]).not.toEqual([metric, undefined])
        for (const matcher of matchers) {
          const values = [...(labels?.get(matcher.label) ?? [])]
          expect([metric, matcher, values.some((value) => matches(value, matcher))]).toEqual([
            metric,
            matcher,
            true,
          ])
          if (matcher.label === 'le')
            expect(values.some((value) => matches(asFloat(value), matcher))).toBe(true)
        }
        expect([...(labels?.keys() ?? [])]).toEqual(expect.arrayContaining([...groupings]))
      }
      const shown = [...legend.matchAll(/{{(\w+)}}/g)].map(([, label]) => label)
      expect(groupings).toEqual(expect.arrayContaining(shown))
    },
  )

  it('shows every metric that is exported', () => {
    const asked = new Set(QUERIES.flatMap(([, , { selectors }]) => selectors.map(({ metric }) => metric)))
    const families = [...exported.keys()].filter((name) => !/_(?:sum|count|bucket)$/.test(name))
    const histograms = [...exported.keys()].filter((name) => name.endsWith('_bucket'))
    expect([...families, ...histograms].filter((name) => !asked.has(name))).toEqual([])
    expect([families.length, histograms.length]).toEqual([8, 3])
  })

  it('has alerts', () => {
    expect(ALERTS).toHaveLength(4)
  })

  it('has panels of their own ids that do not overlap', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
  })
})
