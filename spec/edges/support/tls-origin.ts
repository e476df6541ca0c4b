import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import tls from 'node:tls'
import { mtlsIdentity, type MtlsContext } from 'mtls-identity'
import { directTls } from 'mtls-identity/edges'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'

/** Whom the origin trusts. */
export const clientAuthority = createCertificateAuthority()
const serverAuthority = createCertificateAuthority()
const server = serverAuthority.issue({
  subject: { commonName: 'localhost' },
  subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
  extendedKeyUsage: ['serverAuth'],
})

/** What the origin says of a request. */
export interface TlsReport extends Pick<MtlsContext, 'evidence' | 'problems' | 'asserted'> {
  readonly thumbprint?: string
  readonly verifiedBy?: MtlsContext['verifiedBy']
  /** What `socket.authorized` says, right or wrong. */
  readonly authorized: boolean
  readonly reused: boolean
}

type TlsFacts = Pick<tls.TLSSocket, 'authorized' | 'isSessionReused'>

/** An origin on whose own TLS server the clients' connections end. */
export interface TlsOrigin {
  readonly port: number
  close(): void
}

/** How the origin speaks. */
export interface TlsOriginOptions {
  readonly version: tls.SecureVersion
  readonly isHttp2?: boolean
}

export const startTlsOrigin = async ({ version, isHttp2 = false }: TlsOriginOptions): Promise<TlsOrigin> => {
  const middleware = mtlsIdentity({ edge: directTls() })
  const options: tls.TlsOptions = {
    cert: server.certificate,
    key: server.privateKey,
    ca: clientAuthority.certificate,
    minVersion: version,
    maxVersion: version,
    requestCert: true,
    rejectUnauthorized: false,
    sessionIdContext: 'spec',
  }
  const answer = async (req: IncomingMessage, res: http.ServerResponse): Promise<void> => {
    const { identity, evidence, verifiedBy, problems, asserted } = await middleware.identify(req)
    const socket: object = req.socket
    const reused = (socket as TlsFacts).isSessionReused()
    const { authorized } = socket as TlsFacts
    const thumbprint = identity?.thumbprint
    res.end(JSON.stringify({ thumbprint, evidence, verifiedBy, problems, asserted, authorized, reused }))
  }
  const listener = isHttp2
    ? http2.createSecureServer(options, (req, res) => void answer(req as never, res as never))
    : https.createServer(options, (req, res) => void answer(req, res))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const sockets = new Set<tls.TLSSocket>()
  listener.on('secureConnection', (socket: tls.TLSSocket) => sockets.add(socket))
  const close = (): void => {
    listener.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (listener.address() as AddressInfo).port, close }
}

const credentials = (client: MintedCertificate | undefined): tls.ConnectionOptions => ({
  ca: serverAuthority.certificate,
  servername: 'localhost',
  host: '127.0.0.1',
  ...(client && { cert: client.chain, key: client.privateKey }),
})

/** One TLS connection of a client, with its session for the next one. */
export class TlsClient {
  readonly #socket: tls.TLSSocket
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  #session: Buffer | undefined

  constructor(port: number, client: MintedCertificate | undefined, session?: Buffer) {
    this.#socket = tls.connect({ port, ...credentials(client), ...(session && { session }) })
    this.#socket.on('session', (ticket) => (this.#session = ticket))
    this.#agent.createConnection = () => this.#socket
  }

  async get(fields: http.OutgoingHttpHeaders = {}): Promise<TlsReport> {
    const request = http.request({ agent: this.#agent, host: 'localhost', headers: fields }).end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return (await json(response)) as TlsReport
  }

  /** Ends the connection; its session, to resume it by. */
  end(): Buffer | undefined {
    this.#agent.destroy()
    this.#socket.destroy()
    return this.#session
  }
}

/** The answers to requests in parallel on one HTTP/2 connection. */
export const getOverHttp2 = async (
  port: number,
  client: MintedCertificate | undefined,
  count: number,
): Promise<readonly TlsReport[]> => {
  const session = http2.connect('https://localhost', {
    createConnection: () => tls.connect({ port, ...credentials(client), ALPNProtocols: ['h2'] }),
  })
  try {
    const streams = Array.from({ length: count }, () => session.request({ ':path': '/' }))
    return (await Promise.all(streams.map((stream) => json(stream)))) as TlsReport[]
  } finally {
    session.destroy()
  }
}
