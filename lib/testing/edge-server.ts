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

const isRefused = ({ connection, settings }: Forwarding): boolean =>
  settings.enforce && connection.certificate !== undefined && !connection.isVerified

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
    if (isRefused(forwarding)) sendStatus(response, 403)
    else forwardRequest(forwarding, response, pool.agentFor(forwarding.connection))
  })
  server.on('upgrade', (request: IncomingMessage, _socket: unknown, head: Buffer) => {
    const forwarding = { request, connection: connectionOf(request), settings }
    const response = createUpgradeResponse(request)
    if (isRefused(forwarding)) sendStatus(response, 403)
    else forwardUpgrade(forwarding, response, head)
  })
  return server
}
