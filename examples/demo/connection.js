import { once } from 'node:events'
import http2 from 'node:http2'
import https from 'node:https'
import { text } from 'node:stream/consumers'

/**
 * One client connection to the edge, on which any number of requests may be under way.
 * @typedef {object} Connection
 * @property {() => Promise<{ status: number, body: string }>} get
 * @property {() => void} close
 */

/** @typedef {import('mtls-identity/testing').TestEdge} Edge */
/** @typedef {import('./cast.js').Client} Client */

/** @type {(edge: Edge, client: Client) => Connection} */
const connectHttp1 = ({ url, ca }, { cert, key }) => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca, cert, key })
  const get = async () => {
    const [response] = await once(https.get(url, { agent }), 'response')
    return { status: response.statusCode, body: await text(response) }
  }
  return { get, close: () => agent.destroy() }
}

/** @type {(edge: Edge, client: Client) => Connection} */
const connectHttp2 = ({ url, ca }, { cert, key }) => {
  const session = http2.connect(url, { ca, cert, key })
  const get = async () => {
    const stream = session.request()
    const [headers] = await once(stream, 'response')
    return { status: headers[':status'], body: await text(stream) }
  }
  return { get, close: () => session.destroy() }
}

/** Opens a client connection, with the client's certificate if it has one. */
export const CONNECT = { 'HTTP/1.1': connectHttp1, 'HTTP/2': connectHttp2 }
