import { judgeEstimate, type Estimate, type Limit, type Verdict } from './arithmetic.js'

/** A figure that a limit is set for, or that is there to be seen. */
export interface Check {
  readonly what: string
  readonly unit: 'x' | 'µs' | 'bytes' | ''
  readonly estimate: Estimate
  readonly limit?: Limit
  /** The aim behind the limit. */
  readonly aim?: string
}

/** Something that was measured, without a limit. */
export interface Figure {
  readonly what: string
  readonly unit: string
  readonly value: number
}

/** What one part of the benchmark found. */
export interface Section {
  readonly name: string
  readonly figures: readonly Figure[]
  readonly checks: readonly Check[]
}

export const verdictOf = ({ estimate, limit }: Check): Verdict | undefined =>
  limit && judgeEstimate(estimate, limit)

/** The checks whose limit is missed by more than the noise. */
export const missedIn = (sections: readonly Section[]): readonly Check[] =>
  sections.flatMap(({ checks }) => checks.filter((check) => verdictOf(check) === 'missed'))

const DIGITS = 3

const formatNumber = (value: number): string =>
  Number(value.toPrecision(DIGITS)).toLocaleString('en-US', { maximumFractionDigits: 6 })

const formatLimit = ({ limit, aim }: Check): string => {
  if (limit === undefined) return ''
  const bound =
    limit.atMost === undefined ? `≥ ${formatNumber(limit.atLeast ?? 0)}` : `≤ ${formatNumber(limit.atMost)}`
  return aim === undefined ? bound : `${bound} (aim ${aim})`
}

const VERDICTS = { met: 'met', unclear: 'missed, within noise', missed: 'MISSED' } as const

const CHECK_HEAD = ['compared', 'median', 'noise (99 %)', 'limit', 'verdict'] as const

const rowOf = (check: Check): readonly string[] => {
  const { what, unit, estimate } = check
  const verdict = verdictOf(check)
  return [
    what,
    `${formatNumber(estimate.value)} ${unit}`.trimEnd(),
    `${formatNumber(estimate.low)} to ${formatNumber(estimate.high)}`,
    formatLimit(check),
    verdict === undefined ? '' : VERDICTS[verdict],
  ]
}

/** A table in Markdown, its columns as wide as they must be. */
export const formatTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const format = (line: readonly string[]): string =>
    `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [format(head), rule, ...rows.map(format)].join('\n')
}

/** Everything that is compared, in one table. */
export const formatSummary = (sections: readonly Section[]): string =>
  formatTable(
    ['case', ...CHECK_HEAD],
    sections.flatMap(({ name, checks }) => checks.map((check) => [name, ...rowOf(check)])),
  )

/** A section as two tables. */
export const formatSection = ({ name, figures, checks }: Section): string =>
  [
    `## ${name}`,
    figures.length > 0 &&
      formatTable(
        ['measured', 'median'],
        figures.map(({ what, unit, value }) => [what, `${formatNumber(value)} ${unit}`.trimEnd()]),
      ),
    checks.length > 0 && formatTable(CHECK_HEAD, checks.map(rowOf)),
  ]
    .filter((part) => part !== false)
    .join('\n\n')
