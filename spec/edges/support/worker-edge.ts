import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import { Miniflare } from 'miniflare'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import type { Report } from '../../support/origin.js'

/** Whom the edge trusts. */
export const clientAuthority = createCertificateAuthority()
const serverAuthority = createCertificateAuthority()
const server = serverAuthority.issue({
  subject: { commonName: 'localhost' },
  subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
  extendedKeyUsage: ['serverAuth'],
})

const PLACEHOLDERS = { certPresented: '0', certVerified: 'NONE', certRevoked: '0', certSubjectDN: '' }

type Handshake = Pick<
  TLSSocket,
  'authorized' | 'getFinished' | 'getPeerCertificate' | 'getPeerFinished' | 'getPeerX509Certificate'
>

/** What Cloudflare says of a handshake, in its spelling. */
const describeHandshake = (socket: Handshake, revoked: ReadonlySet<string>): Record<string, object> => {
  const x509 = socket.getPeerX509Certificate()
  const hex = (bytes: Buffer | undefined): string => bytes?.toString('hex') ?? ''
  const tlsExportedAuthenticator = {
    clientFinished: hex(socket.getPeerFinished()),
    serverFinished: hex(socket.getFinished()),
  }
  if (x509 === undefined) return { tlsClientAuth: PLACEHOLDERS, tlsExportedAuthenticator }
  const { valid_from, valid_to, serialNumber }: PeerCertificate = socket.getPeerCertificate()
  const thumbprint = x509.fingerprint256.replaceAll(':', '').toLowerCase()
  const tlsClientAuth = {
    certPresented: '1',
    certVerified: socket.authorized ? 'SUCCESS' : 'FAILED:self signed certificate',
    certRevoked: revoked.has(thumbprint) ? '1' : '0',
    certSubjectDN: x509.subject.replaceAll('\n', ','),
    certIssuerDN: x509.issuer.replaceAll('\n', ','),
    certSerial: serialNumber,
    certFingerprintSHA256: thumbprint,
    certNotBefore: valid_from,
    certNotAfter: valid_to,
    certRFC9440: `:${x509.raw.toString('base64')}:`,
  }
  return { tlsClientAuth, tlsExportedAuthenticator }
}

/** An mTLS edge on this machine that runs the Worker of the example in workerd for each request. */
export class WorkerEdge {
  readonly revoked = new Set<string>()
  readonly #miniflare: Miniflare
  readonly #server: https.Server

  private constructor(script: string, originSecret: string, origin: string) {
    this.#miniflare = new Miniflare({
      modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
      compatibilityDate: '2026-01-01',
      bindings: { ORIGIN_SECRET: originSecret },
      cf: false,
    })
    this.#server = https.createServer({
      cert: server.certificate,
      key: server.privateKey,
      ca: clientAuthority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    })
    this.#server.on(
      'request',
      (req: IncomingMessage, res: ServerResponse) => void this.#forward(req, res, origin),
    )
  }

  static async start(originSecret: string, origin: string): Promise<WorkerEdge> {
    const script = await readFile(join(__dirname, '../../../examples/worker/worker.js'), 'utf8')
    const edge = new WorkerEdge(script, originSecret, origin)
    edge.#server.listen(0, '127.0.0.1')
    await Promise.all([once(edge.#server, 'listening'), edge.#miniflare.ready])
    return edge
  }

  async #forward(req: IncomingMessage, res: ServerResponse, origin: string): Promise<void> {
    const ofConnection = new Set(['host', 'connection'])
    const fields = Object.entries(req.headers as Record<string, string>)
    const headers = Object.fromEntries(fields.filter(([name]) => !ofConnection.has(name)))
    const socket: object = req.socket
    const cf = describeHandshake(socket as Handshake, this.revoked)
    const response = await this.#miniflare.dispatchFetch(`${origin}${String(req.url)}`, { headers, cf })
    res.writeHead(response.status, { 'Content-Type': 'application/json' }).end(await response.text())
  }

  /** A client connection; anonymous without a certificate. */
  connect(client?: MintedCertificate): WorkerClient {
    return new WorkerClient((this.#server.address() as AddressInfo).port, client)
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await this.#miniflare.dispose()
  }
}

/** One client connection, which carries every request made with it. */
export class WorkerClient {
  readonly #agent: https.Agent

  constructor(
    readonly port: number,
    client: MintedCertificate | undefined,
  ) {
    const credentials = client && { cert: client.chain, key: client.privateKey }
    this.#agent = new https.Agent({
      keepAlive: true,
      maxSockets: 1,
      ca: serverAuthority.certificate,
      ...credentials,
    })
  }

  async get(path: string, fields: Record<string, string> = {}): Promise<Report> {
    const { port } = this
    const request = https.get({
      host: 'localhost',
      port,
      path,
      agent: this.#agent,
      headers: fields,
      family: 4,
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { ...((await json(response)) as object), status: response.statusCode ?? 0 }
  }

  close(): void {
    this.#agent.destroy()
  }
}
