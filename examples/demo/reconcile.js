import { formatTable } from './table.js'

/**
 * How many records name the client that the request was from, name one that is marked as inferred, name nobody
 * where there was a client, or name somebody else; and how many requests do not have exactly one record.
 * @typedef {Record<'right' | 'inferred' | 'unknown' | 'wrong' | 'missing', number>} Counts
 */

/**
 * Compares the audit log with who the clients were, which the origin was never told.
 * @param {any[]} records
 * @param {import('./verdict.js').Exchange[]} exchanges
 * @param {import('./cast.js').Client[]} clients
 * @returns {Counts}
 */
export const reconcile = (records, exchanges, clients) => {
  const counts = { right: 0, inferred: 0, unknown: 0, wrong: 0, missing: 0 }
  for (const { number, client: name } of exchanges) {
    const [record, ...others] = records.filter(({ requestId }) => requestId === String(number))
    const truth = clients.find((client) => client.name === name)
    if (record === undefined || others.length > 0) counts.missing++
    else counts[judge(record, truth?.thumbprint)]++
  }
  return counts
}

/** @type {(record: any, thumbprint: string | undefined) => 'right' | 'inferred' | 'unknown' | 'wrong'} */
const judge = ({ client, presented, inferred }, thumbprint) => {
  if (inferred !== undefined) return 'inferred'
  const named = client ?? presented
  if (named?.thumbprint === thumbprint) return 'right'
  return named === undefined ? 'unknown' : 'wrong'
}

/** @param {{ scenario: import('./scenarios.js').Scenario, counts: Counts }[]} results */
export const describeReconciliation = (results) => {
  const header = ['Audit log against the clients', 'right', 'inferred', 'unknown', 'wrong', 'missing']
  const rows = results.map(({ scenario: { title, protocol }, counts }) => [
    `${title}, ${protocol}`,
    ...[counts.right, counts.inferred, counts.unknown, counts.wrong, counts.missing],
  ])
  return formatTable([header, ...rows])
}
