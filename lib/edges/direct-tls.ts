import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { decodeBase64 } from '../field/base64.js'
import { originConnection } from '../origin-connection.js'
import type { Edge, EdgeStatement } from './edge.js'

/** What an HTTP/2 request has beside an `IncomingMessage`. */
type DirectRequest = IncomingMessage & {
  readonly stream?: { readonly session?: { readonly socket: object } | undefined }
}

/**
 * No edge: the client's TLS connection ends at this Node server, made with `requestCert: true`.
 * https://nodejs.org/api/tls.html#tlssocketauthorized
 * Verified is who has a certificate and `socket.authorized`, both: a session resumed without a certificate
 * can be authorized too (nodejs/node#35317). No field is read, and any peer is the client itself. Where the
 * server renegotiates, a connection keeps the first certificate that it has shown.
 */
export const directTls = (): Edge => {
  const certificates = new WeakMap<object, string>()
  return {
    name: 'directTls',
    fields: [],
    trust: { isEdge: () => true },
    speaksOnEveryRequest: true,
    read: (req) => readStatement(req, certificates),
    decode: decodeBase64,
  }
}

const readStatement = (req: DirectRequest, certificates: WeakMap<object, string>): EdgeStatement => {
  // Over HTTP/2 the session has the socket, by way of a proxy that lets these members through.
  const socket: Partial<TLSSocket> = req.stream?.session?.socket ?? req.socket
  const connection = originConnection(req)
  const certificate = certificates.get(connection) ?? toBase64(socket)
  if (certificate === undefined) return NOBODY
  certificates.set(connection, certificate)
  return socket.authorized === true
    ? { ...PRESENTED, certificate, assertions: VERIFIED, verifiedBy: 'edge' }
    : { ...PRESENTED, certificate, assertions: UNVERIFIED, verifiedBy: undefined }
}

const PRESENTED = { thumbprint: undefined, hashes: Object.freeze([]) }
const VERIFIED = Object.freeze({ presented: true, verified: true })
const UNVERIFIED = Object.freeze({ presented: true, verified: false })
const NOBODY: EdgeStatement = Object.freeze({
  ...PRESENTED,
  certificate: undefined,
  assertions: Object.freeze({ presented: false, verified: false }),
  verifiedBy: undefined,
})

const toBase64 = (socket: Partial<TLSSocket>): string | undefined =>
  socket.getPeerX509Certificate?.()?.raw.toString('base64')
