import { once } from 'node:events'
import express from 'express'
import { mtlsIdentity } from 'mtls-identity'

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

/**
 * Starts an origin that answers every request with what it knows about the client.
 * @param {import('mtls-identity').MtlsIdentityOptions} options
 */
export const startOrigin = async (options) => {
  const app = express()
  const numberOf = numberConnections()
  let requests = 0
  // A certificate that is refused is an answer too.
  app.use(mtlsIdentity({ ...options, trust: 'loopback', onInvalid: 'ignore' }))
  app.get('/', (req, res) => {
    const { identity, evidence, problems } = req.mtls
    const [number, originConnection] = [++requests, numberOf(req.socket)]
    const { thumbprint, subject } = identity ?? {}
    res.json({ number, originConnection, thumbprint, subject: subject?.toString(), evidence, problems })
  })
  return listen(app)
}

const numberConnections = () => {
  /** @type {Map<object, number>} */
  const numbers = new Map()
  return (/** @type {object} */ connection) => {
    const number = numbers.get(connection) ?? numbers.size + 1
    numbers.set(connection, number)
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
