import { constants } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import { createClientConnections } from './client-connection.js'
import type { ClientRequest, ClientResponse } from './client-exchange.js'
import type { EdgeCertificate, EdgeSettings } from './edge-options.js'
import { forwardRequest } from './forward-request.js'
import { createUpgradeResponse, forwardUpgrade } from './forward-upgrade.js'
import type { Forwarding } from './forwarded-fields.js'
import type { OriginPool } from './origin-pool.js'
import { sendStatus } from './send-response.js'

const createTlsServer = (settings: EdgeSettings, certificate: EdgeCertificate): Http2SecureServer =>
  createSecureServer({
    allowHTTP1: true,
    cert: certificate.certificate,
    key: certificate.privateKey,
    ca: [settings.clientCa].flat(),
    requestCert: true,
    rejectUnauthorized: false,
    // A resumed session need not have the client's certificate, so each connection has its own handshake.
    secureOptions: constants.SSL_OP_NO_TICKET,
  })

/** The status with which the edge itself answers, if it does not forward. */
const refusal = ({ request, connection, settings }: Forwarding): number | undefined => {
  if (settings.enforce && connection.certificate !== undefined && !connection.isVerified) return 403
  return request.method === 'CONNECT' ? 405 : undefined
}

/** The edge's server, not yet listening: HTTP/1.1 and HTTP/2, a client certificate asked for, not demanded. */
export function createEdgeServer(
  settings: EdgeSettings,
  certificate: EdgeCertificate,
  pool: OriginPool,
): Http2SecureServer {
  const server = createTlsServer(settings, certificate)
  const connectionOf = createClientConnections(settings.randomId)
  server.on('request', (request: ClientRequest, response: ClientResponse) => {
    const forwarding = { request, connection: connectionOf(request), settings }
    const status = refusal(forwarding)
    if (status === undefined) forwardRequest(forwarding, response, pool.agentFor(forwarding.connection))
    else sendStatus(response, status)
  })
  server.on('upgrade', (request: IncomingMessage, _socket: unknown, head: Buffer) => {
    const forwarding = { request, connection: connectionOf(request), settings }
    const response = createUpgradeResponse(request)
    const status = refusal(forwarding)
    if (status === undefined) forwardUpgrade(forwarding, response, head)
    else sendStatus(response, status)
  })
  return server
}
