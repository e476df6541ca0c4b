import { formatRecord } from './audit-line.js'
import { createCast } from './cast.js'
import { describeReconciliation, reconcile } from './reconcile.js'
import { runScenario } from './run-scenario.js'
import { SCENARIOS } from './scenarios.js'
import { collectWarnings } from './warnings.js'

/**
 * Prints the audit log of the origin, and on stderr how it compares with who the clients were.
 * @param {import('./cast.js').GivenClient} [given]
 */
export const audit = async (given) => {
  collectWarnings()
  const cast = createCast(given)
  const print = process.stdout.isTTY ? formatRecord : JSON.stringify
  const results = []
  for (const scenario of SCENARIOS) {
    /** @type {import('mtls-identity/audit').AuditRecord[]} */
    const records = []
    const exchanges = await runScenario(scenario, cast, (record) => records.push(record))
    for (const record of records) console.log(print(record))
    results.push({ scenario, counts: reconcile(records, exchanges, Object.values(cast.clients)) })
  }
  console.error(describeReconciliation(results))
  if (results.some(({ counts }) => counts.wrong > 0 || counts.missing > 0)) process.exitCode = 1
}
