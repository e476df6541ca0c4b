import { createEdge } from 'mtls-identity/testing'
import { CONNECT } from './connection.js'
import { startOrigin } from './origin.js'
import { UserError } from './user-error.js'
import { verdictOf } from './verdict.js'

/** @typedef {import('./verdict.js').Exchange} Exchange */
/** @typedef {keyof import('./cast.js').Cast['clients']} Role */

/**
 * One after another. On a pooled edge somebody without a certificate then follows somebody with one on the
 * same origin connection, before another certificate shows that it is shared.
 * @type {readonly Role[]}
 */
const OPENING = ['first', 'anonymous', 'first', 'second', 'anonymous', 'second']

/**
 * All at once.
 * @type {readonly Role[]}
 */
const RUSH = ['first', 'second', 'anonymous', 'first', 'second', 'anonymous']

const HINT = ': is the certificate valid now, and issued by the authority given?'

/**
 * Sets up the origin and the edge, lets the clients call, and compares what the origin says with who it
 * was. The origin is never told who it was: the comparison is the clients'.
 * @param {import('./scenarios.js').Scenario} scenario
 * @param {import('./cast.js').Cast} cast
 * @param {import('./origin.js').OnRecord} [onRecord] takes the audit records of the origin
 * @returns {Promise<Exchange[]>} in the order in which the origin saw the requests
 */
export const runScenario = async (
  { protocol, edge: options, identity },
  { clients, authorities },
  onRecord = () => undefined,
) => {
  const origin = await startOrigin(identity, onRecord)
  const edge = await createEdge({ origin: origin.url, clientCa: authorities, ...options })
  const connect = CONNECT[protocol]
  const connections = {
    first: connect(edge, clients.first),
    second: connect(edge, clients.second),
    anonymous: connect(edge, clients.anonymous),
  }
  try {
    return await takeTurns((role) => call(clients[role], connections[role]))
  } finally {
    for (const { close } of Object.values(connections)) close()
    await edge.close()
    await origin.close()
  }
}

/** @param {(role: Role) => Promise<Exchange>} call */
const takeTurns = async (call) => {
  const exchanges = []
  for (const role of OPENING) exchanges.push(await call(role))
  exchanges.push(...(await Promise.all(RUSH.map(call))))
  return exchanges.sort((a, b) => a.number - b.number)
}

/**
 * @param {import('./cast.js').Client} client
 * @param {import('./connection.js').Connection} connection
 * @returns {Promise<Exchange>}
 */
const call = async (client, connection) => {
  const { status, body } = await connection.get()
  if (status !== 200) throw new UserError(`The edge answered ${client.name} with status ${status}${HINT}`)
  /** @type {import('./origin.js').Answer} */
  const answer = JSON.parse(body)
  return { ...answer, client: client.name, verdict: verdictOf(client, answer) }
}
