import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express'
import {
  MtlsIdentityError,
  mtlsIdentity,
  type ClientIdentity,
  type MtlsContext,
  type MtlsIdentityOptions,
} from 'mtls-identity'
import { thumbprintOf } from '../../../lib/certificate/thumbprint.js'
import { listen, type Origin } from '../../support/origin.js'
import { ORACLE_FIELD } from './live-edge.js'
import { NaiveSocketCache } from './naive-socket-cache.js'

/** What the origin says of a request: what it was told, and what the middleware found. */
export interface Finding {
  /** The common name that the edge knows the client by; absent for an anonymous client. */
  readonly oracle?: string
  readonly thumbprint?: string
  /** Thumbprints of the certificates that came along; absent without any. */
  readonly chain?: readonly string[]
  readonly evidence?: MtlsContext['evidence']
  readonly verifiedBy?: MtlsContext['verifiedBy']
  readonly problems?: MtlsContext['problems']
  /** Where the request asks for `/asserted`. */
  readonly asserted?: MtlsContext['asserted']
  /** Of the error, where the middleware refused the request. */
  readonly code?: string
  /** The id of the client connection, if the edge says one. */
  readonly connection?: string
  /** The thumbprint that a cache by socket would have answered. */
  readonly naive?: string
}

type Told = Pick<Finding, 'oracle' | 'connection' | 'naive'>

const LARGE_HEADER_BYTES = 65_536
const ORACLE = ORACLE_FIELD.toLowerCase()

/** Takes the oracle's field off the request, so that nothing behind this can see it. */
const takeOracle = (req: Request): string | undefined => {
  const value = req.headers[ORACLE]
  Reflect.deleteProperty(req.headers, ORACLE)
  const index = req.rawHeaders.findIndex((name, at) => at % 2 === 0 && name.toLowerCase() === ORACLE)
  if (index !== -1) req.rawHeaders.splice(index, 2)
  // Caddy sends the name of the placeholder where there is no certificate.
  return /^CN=(.+)$/.exec(String(value))?.[1]
}

const listenToOracle = (): RequestHandler => {
  const naiveCache = new NaiveSocketCache()
  return (req, res, next) => {
    const connection = req.headers['x-connection-id']
    const told = { oracle: takeOracle(req), connection, naive: naiveCache.identify(req) }
    Object.assign(res.locals, { told })
    next()
  }
}

const toldOf = (res: { locals: Record<string, unknown> }): Told => res.locals['told'] as Told

const chainOf = (identity: ClientIdentity | undefined): Finding['chain'] => {
  const chain = identity?.chain.map(({ rawData }) => thumbprintOf(new Uint8Array(rawData))) ?? []
  return chain.length === 0 ? undefined : chain
}

const reportError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (error instanceof MtlsIdentityError) res.json({ ...toldOf(res), code: error.code })
  else next(error)
}

/** An origin that answers every request with a `Finding`, in an order that may be another than theirs. */
export const startOracleOrigin = (options: MtlsIdentityOptions, order: RequestHandler): Promise<Origin> => {
  const app = express()
  app.use(order)
  app.use(listenToOracle())
  app.use(mtlsIdentity({ trust: 'loopback', ...options }))
  app.use((req, res) => {
    const { identity, evidence, verifiedBy, problems } = req.mtls
    const asserted = req.path === '/asserted' ? req.mtls.asserted : undefined
    const found = {
      thumbprint: identity?.thumbprint,
      chain: chainOf(identity),
      evidence,
      verifiedBy,
      problems,
    }
    res.json({ ...toldOf(res), ...found, asserted })
  })
  app.use(reportError)
  return listen(app, { maxHeaderSize: LARGE_HEADER_BYTES })
}
