import { once } from 'node:events'
import express from 'express'
import { mtlsIdentity } from 'mtls-identity'
import { auditLog } from 'mtls-identity/audit'

/**
 * What the origin says about a request. Requests and origin connections are numbered as they arrive.
 * @typedef {object} Answer
 * @property {number} number
 * @property {number} originConnection
 * @property {string} [thumbprint]
 * @property {string} [subject]
 * @property {import('mtls-identity').Evidence} evidence
 * @property {import('mtls-identity').MtlsIdentityErrorCode[]} problems
 */

/** @typedef {(record: import('mtls-identity/audit').AuditRecord) => void} OnRecord */

/**
 * Starts an origin that answers every request with what it knows about the client, and writes an audit record
 * of each, in which the number of the request is its id.
 * @param {import('mtls-identity').MtlsIdentityOptions} options
 * @param {OnRecord} onRecord
 */
export const startOrigin = async (options, onRecord) => {
  const app = express()
  const connectionNumberOf = numberObjects()
  const requestNumberOf = numberObjects()
  app.use(auditLog({ destination: onRecord, requestId: (req) => String(requestNumberOf(req)) }))
  // A certificate that is refused is an answer too.
  app.use(mtlsIdentity({ ...options, trust: 'loopback', onInvalid: 'ignore' }))
  app.get('/', (req, res) => {
    const { identity, evidence, problems } = req.mtls
    const [number, originConnection] = [requestNumberOf(req), connectionNumberOf(req.socket)]
    const { thumbprint, subject } = identity ?? {}
    res.json({ number, originConnection, thumbprint, subject: subject?.toString(), evidence, problems })
  })
  return listen(app)
}

const numberObjects = () => {
  /** @type {Map<object, number>} */
  const numbers = new Map()
  return (/** @type {object} */ object) => {
    const number = numbers.get(object) ?? numbers.size + 1
    numbers.set(object, number)
    return number
  }
}

/** @param {express.Express} app */
const listen = async (app) => {
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
