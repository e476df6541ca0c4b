import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as client from 'prom-client'
import { prometheusMetrics } from 'mtls-identity/metrics'
import { EVENT_NAMES } from '../../lib/events/channels.js'
import { INSTRUMENTS } from '../../lib/metrics/instruments.js'

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8')

/** The cells of the rows of a section's table that begin like this. */
const rowsOf = (section: string, beginning: string): string[][] => {
  const [, text = ''] = README.split(`\n## ${section}\n`)
  const lines = text.split(/\n## /)[0]?.split('\n') ?? []
  const rows = lines.filter((line) => line.startsWith(`| \`${beginning}`))
  return rows.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
}

describe('the README', () => {
  it('has a row for every event', () => {
    expect(rowsOf('Events', 'mtls-identity:').map(([, name]) => name)).toEqual(EVENT_NAMES)
  })

  it('has a row for every metric, with its names and labels', () => {
    const register = new client.Registry()
    prometheusMetrics(client, { register })()
    const exported = register.getMetricsAsArray().map(({ name }) => name)
    const metrics = Object.values(INSTRUMENTS).map(({ name, labels }, index) => [
      name,
      exported[index],
      Object.keys(labels).join(', '),
    ])
    expect(rowsOf('Metrics', 'mtls_identity.').map((row) => row.slice(1, 4))).toEqual(metrics)
  })
})
