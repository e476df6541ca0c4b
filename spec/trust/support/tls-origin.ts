import { once } from 'node:events'
import http2 from 'node:http2'
import https from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import tls from 'node:tls'
import express from 'express'
import type { MtlsContext, MtlsIdentityMiddleware } from 'mtls-identity'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../../support/raw-client.js'

export type Protocol = 'http/1.1' | 'h2'

/** What the origin found out, and what of the edges' fields is left on the request. */
export interface Finding {
  readonly thumbprint?: string
  readonly evidence: MtlsContext['evidence']
  readonly problems: MtlsContext['problems']
  readonly fields: readonly string[]
}

/** Who connects, and how. */
export interface PeerOptions {
  readonly certificate?: Pick<MintedCertificate, 'chain' | 'privateKey'> | undefined
  readonly version?: tls.SecureVersion
  readonly session?: Buffer | undefined
}

/** What a connection came to: the answer, whether it went on with a session, and the session it left. */
export interface Visit extends Finding {
  readonly isResumed: boolean
  readonly session: Buffer | undefined
}

/** The TLS server of an origin, which asks for client certificates and refuses nobody. */
export interface TlsOrigin {
  visit(fields: FieldLines, peer?: PeerOptions): Promise<Visit>
  close(): Promise<void>
}

const serverAuthority = createCertificateAuthority()
const serverCertificate = serverAuthority.issue({
  subject: { commonName: 'origin' },
  subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
  extendedKeyUsage: ['serverAuth'],
})

export interface TlsOriginOptions {
  readonly protocol: Protocol
  readonly middlewares: readonly MtlsIdentityMiddleware[]
  /** Of the TLS server: `ca` and the like. */
  readonly tls: tls.TlsOptions
}

export const startTlsOrigin = async ({
  protocol,
  middlewares,
  tls,
}: TlsOriginOptions): Promise<TlsOrigin> => {
  const options: tls.TlsOptions = {
    cert: serverCertificate.certificate,
    key: serverCertificate.privateKey,
    requestCert: true,
    rejectUnauthorized: false,
    ...tls,
  }
  const server = protocol === 'h2' ? serveHttp2(options, middlewares) : serveHttp1(options, middlewares)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    visit: (fields, peer = {}) => visit({ port, protocol, fields }, peer),
    async close() {
      server.close()
      // A visit that failed half-way has left its connection open.
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

const serveHttp1 = (options: tls.TlsOptions, middlewares: readonly MtlsIdentityMiddleware[]): Server => {
  const app = express().use(...middlewares, (req, res) => res.json(findingOf(req, req.mtls)))
  return https.createServer({ ...options, ALPNProtocols: ['http/1.1'] }, app)
}

const serveHttp2 = (options: tls.TlsOptions, middlewares: readonly MtlsIdentityMiddleware[]): Server =>
  http2.createSecureServer(options, (req, res) => {
    const answer = async (): Promise<void> => {
      const request = req as unknown as IncomingMessage
      for (const middleware of middlewares) await middleware.identify(request)
      res.end(JSON.stringify(findingOf(request, (request as express.Request).mtls)))
    }
    void answer()
  })

const findingOf = (req: IncomingMessage, { identity, evidence, problems }: MtlsContext): Finding => {
  const lines = req.rawHeaders.filter((_, index) => index % 2 === 0)
  const distinct = Object.keys((req as Partial<IncomingMessage>).headersDistinct ?? {})
  const names = [...Object.keys(req.headers), ...distinct, ...lines].map((name) => name.toLowerCase())
  const fields = [...new Set(names)].filter((name) => /^(?:cf|x)-/.test(name))
  return { ...(identity && { thumbprint: identity.thumbprint }), evidence, problems, fields }
}

interface Question {
  readonly port: number
  readonly protocol: Protocol
  readonly fields: FieldLines
}

const visit = async (question: Question, peer: PeerOptions): Promise<Visit> => {
  const { certificate, session, version = 'TLSv1.3' } = peer
  const socket = tls.connect({
    host: '127.0.0.1',
    port: question.port,
    servername: 'localhost',
    ca: serverAuthority.certificate,
    ALPNProtocols: [question.protocol],
    minVersion: version,
    maxVersion: version,
    ...(session && { session }),
    ...(certificate && { cert: certificate.chain, key: certificate.privateKey }),
  })
  let left: Buffer | undefined
  socket.on('session', (ticket: Buffer) => {
    left = ticket
  })
  await once(socket, 'secureConnect')
  const isResumed = socket.isSessionReused()
  const finding = await (question.protocol === 'h2' ? askHttp2 : askHttp1)(socket, question.fields)
  socket.destroy()
  return { ...finding, isResumed, session: left }
}

const askHttp1 = async (socket: tls.TLSSocket, fields: FieldLines): Promise<Finding> => {
  const headers = [['Host', 'localhost'], ...fields].flat()
  const request = https.request({ createConnection: () => socket, headers }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return (await json(response)) as Finding
}

const askHttp2 = async (socket: tls.TLSSocket, fields: FieldLines): Promise<Finding> => {
  const session = http2.connect('https://localhost', { createConnection: () => socket })
  const finding = (await json(session.request(Object.fromEntries(fields)))) as Finding
  session.close()
  return finding
}
