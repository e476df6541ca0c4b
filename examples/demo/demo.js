// Clients take turns behind an edge, and the origin says who each request is from. `npm run demo -- --help`
import { audit } from './audit.js'
import { createCast } from './cast.js'
import { HELP, readOptions } from './options.js'
import { describeCast, describeScenario, describeSummary } from './report.js'
import { runScenario } from './run-scenario.js'
import { SCENARIOS } from './scenarios.js'
import { UserError } from './user-error.js'
import { summarise } from './verdict.js'
import { collectWarnings } from './warnings.js'

/** @param {import('./cast.js').GivenClient} [given] */
const demonstrate = async (given) => {
  const takeWarnings = collectWarnings()
  const cast = createCast(given)
  console.log(describeCast(cast))
  const results = []
  for (const scenario of SCENARIOS) {
    const exchanges = await runScenario(scenario, cast)
    console.log(describeScenario(scenario, exchanges, takeWarnings()))
    results.push({ scenario, summary: summarise(exchanges) })
  }
  console.log(describeSummary(results))
  if (results.some(({ summary }) => summary.unmarked > 0)) process.exitCode = 1
}

try {
  const { help, audit: isAudit, given } = readOptions(process.argv.slice(2))
  if (help) console.log(HELP)
  else if (isAudit) await audit(given)
  else await demonstrate(given)
} catch (error) {
  if (!(error instanceof UserError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
