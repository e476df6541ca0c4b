import { formatTable } from './table.js'
import { isUnmarked } from './verdict.js'

/** @typedef {import('./scenarios.js').Scenario} Scenario */
/** @typedef {import('./verdict.js').Exchange} Exchange */
/** @typedef {import('./verdict.js').Summary} Summary */

const MAX_SUBJECT_LENGTH = 32
const WARNING_LINE = /(.{1,76})(?:\s+|$)/g

/** @param {import('./cast.js').Cast} cast */
export const describeCast = ({ clients }) => {
  const rows = Object.values(clients).map(({ name, thumbprint = 'no certificate' }) => [name, thumbprint])
  return `Clients call an origin through an edge that ends mutual TLS: they are

${indent(formatTable(rows))}

Below, "conn" is the origin connection that a request came on, and "verdict" compares
the certificate that the origin names with the client's own.
`
}

/**
 * @param {Scenario} scenario
 * @param {Exchange[]} exchanges
 * @param {import('./warnings.js').Warning[]} warnings
 */
export const describeScenario = (scenario, exchanges, warnings) => {
  const header = ['#', 'client', 'conn', 'origin says', 'evidence', 'verdict', 'problems']
  const table = formatTable([header, ...exchanges.map(exchangeRow)])
  return `${titleOf(scenario)}
mtlsIdentity({ ${scenario.code} })

${indent(table)}
${warnings.map(describeWarning).join('')}`
}

/** @param {{ scenario: Scenario, summary: Summary }[]} results */
export const describeSummary = (results) => {
  const header = ['Summary', 'requests', 'right', 'unknown', 'wrong', 'unmarked']
  const rows = results.map(({ scenario, summary }) => {
    const { requests, right, unknown, wrong, unmarked } = summary
    return [titleOf(scenario), requests, right, unknown, wrong, unmarked]
  })
  const isSafe = results.every(({ summary }) => summary.unmarked === 0)
  return `${formatTable([header, ...rows])}

"unmarked" counts wrong identities with an empty list of problems: requireIdentity()
would have let them pass. ${isSafe ? 'There was none.' : 'This must never happen.'}`
}

/** @param {Scenario} scenario */
const titleOf = ({ title, protocol }) => `${title}, ${protocol}`

/** @param {Exchange} exchange */
const exchangeRow = (exchange) => {
  const { number, client, originConnection, subject = '-', evidence } = exchange
  const [verdict, problems] = [verdictText(exchange), exchange.problems.join(' ')]
  return [number, client, originConnection, shorten(subject), evidence, verdict, problems]
}

/** @param {string} subject */
const shorten = (subject) => {
  const characters = [...subject]
  if (characters.length <= MAX_SUBJECT_LENGTH) return subject
  return `${characters.slice(0, MAX_SUBJECT_LENGTH - 1).join('')}…`
}

/** @param {Exchange} exchange */
const verdictText = (exchange) => {
  if (isUnmarked(exchange)) return 'WRONG, UNMARKED'
  return exchange.verdict === 'wrong' ? 'WRONG' : exchange.verdict
}

/** @param {import('./warnings.js').Warning} warning */
const describeWarning = ({ name, code = name, message }) =>
  `\n  Warning ${code}\n${message.replace(WARNING_LINE, '    $1\n')}`

/** @param {string} text */
const indent = (text) => text.replace(/^/gm, '  ')
