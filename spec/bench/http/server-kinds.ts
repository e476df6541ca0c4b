import http from 'node:http'
import https from 'node:https'
import { TLSSocket } from 'node:tls'
import express, { type Express, type RequestHandler } from 'express'
import { cloudflare } from '../../../lib/edges/index.js'
import { connectionId, mtlsIdentity, type MtlsContext } from '../../../lib/index.js'

export interface ServerKeys {
  readonly key: string
  readonly cert: string
  readonly ca: string
}

export type ServerKind = 'bare' | 'by thumbprint' | 'by connection id' | 'native'

/** *bare*: reads one header field. */
const readOneField: RequestHandler = (req, res, next) => {
  if (req.headers['cf-ray'] === undefined) res.sendStatus(400)
  else next()
}

/** *native*: asks Node for the client's certificate and its chain. */
const askForPeerCertificate: RequestHandler = ({ socket }, res, next) => {
  if (!(socket instanceof TLSSocket) || !('subject' in socket.getPeerCertificate(true))) res.sendStatus(403)
  else next()
}

const MIDDLEWARES: Readonly<Record<ServerKind, () => RequestHandler>> = {
  bare: () => readOneField,
  'by thumbprint': () =>
    mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }) as RequestHandler,
  'by connection id': () =>
    mtlsIdentity({
      edge: cloudflare({ enforced: true }),
      trust: 'loopback',
      continuity: connectionId('X-Id'),
    }) as RequestHandler,
  native: () => askForPeerCertificate,
}

const isRecognising = (kind: ServerKind): boolean => kind.startsWith('by ')

const isIdentified = ({ identity, problems }: MtlsContext): boolean =>
  identity !== undefined && problems.length === 0

/** An Express application with one middleware and one answer. */
export const createApplication = (kind: ServerKind): Express => {
  const application = express()
  application.use(MIDDLEWARES[kind]())
  application.get('/', (req, res) => {
    res
      .writeHead(isRecognising(kind) && !isIdentified(req.mtls) ? 403 : 200, { 'content-length': 2 })
      .end('ok')
  })
  return application
}

export const createServer = (
  kind: ServerKind,
  keys: ServerKeys,
  onRequest: http.RequestListener,
): http.Server =>
  kind === 'native'
    ? https.createServer({ ...keys, requestCert: true, rejectUnauthorized: true }, onRequest)
    : http.createServer(onRequest)
