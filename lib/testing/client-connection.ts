import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { type ClientRequest, isHttp2 } from './client-exchange.js'

/** What a TLS socket knows after its handshake; over HTTP/2 the session has a proxy of it. */
type Handshake = Pick<TLSSocket, 'authorized' | 'getPeerX509Certificate' | 'remoteAddress'>

/** A client connection, as the edge saw it in the TLS handshake. */
export interface ClientConnection {
  readonly id: string
  readonly address: string
  readonly certificate: X509Certificate | undefined
  /** Whether there is a certificate and its chain leads to one of the client authorities. */
  readonly isVerified: boolean
  /** True for the first caller only. */
  readonly takeFirstRequest: () => boolean
  readonly onClose: (listener: () => void) => void
}

const carrierOf = (request: ClientRequest) => (isHttp2(request) ? request.stream.session : request.socket)

const readConnection = (request: ClientRequest, id: string): ClientConnection => {
  const carrier = carrierOf(request)
  const socket = ('socket' in carrier ? carrier.socket : carrier) as Handshake
  const certificate = socket.getPeerX509Certificate()
  let hadRequest = false
  return {
    id,
    address: String(socket.remoteAddress),
    certificate,
    isVerified: certificate !== undefined && socket.authorized,
    takeFirstRequest: () => {
      const isFirst = !hadRequest
      hadRequest = true
      return isFirst
    },
    onClose: (listener) => carrier.once('close', listener),
  }
}

/** Finds the client connection of a request: one object for as long as the TLS connection lasts. */
export function createClientConnections(
  randomId: () => string,
): (request: ClientRequest) => ClientConnection {
  const connections = new WeakMap<object, ClientConnection>()
  return (request) => {
    const known = connections.get(carrierOf(request))
    if (known !== undefined) return known
    const connection = readConnection(request, randomId())
    connections.set(carrierOf(request), connection)
    return connection
  }
}
