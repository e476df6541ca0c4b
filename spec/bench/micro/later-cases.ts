import { cloudflare } from '../../../lib/edges/index.js'
import { connectionId, mtlsIdentity } from '../../../lib/index.js'
import type { MtlsIdentityMiddleware } from '../../../lib/middleware.js'
import type { BenchCase, CaseTable, CreateCase, Ratio } from './bench-case.js'
import { createForge } from './certificates.js'
import { handle, handling } from './middleware.js'
import { floor, parsePerRequest } from './references.js'
import type { Subject } from './subject.js'
import * as traffic from './traffic.js'
import type { Client, TrafficOptions } from './traffic.js'
import type { FieldLines } from './wire.js'

const RUNS = 60

type LinesOf = (client: Client) => FieldLines

interface Recognition {
  readonly name: string
  readonly evidence: 'thumbprint' | 'connection'
  readonly create: () => MtlsIdentityMiddleware
  /** What a later request carries; the first one carries it besides the certificate. */
  readonly linesOf: LinesOf
}

const BY_THUMBPRINT: Recognition = {
  name: 'by thumbprint',
  evidence: 'thumbprint',
  create: () => mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }) }),
  linesOf: traffic.transformed,
}

const BY_ALL_FIELDS: Recognition = {
  ...BY_THUMBPRINT,
  name: 'by thumbprint, all fields',
  linesOf: traffic.transformedInFull,
}

const BY_CONNECTION_ID: Recognition = {
  name: 'by connection id',
  evidence: 'connection',
  create: () => mtlsIdentity({ edge: cloudflare({ enforced: true }), continuity: connectionId('X-Id') }),
  linesOf: traffic.identified,
}

/** A middleware that has seen the certificates, and requests by which it recognises the clients. */
const recognising = (
  clients: readonly Client[],
  { evidence, create, linesOf }: Recognition,
  options: TrafficOptions,
): Subject => {
  const middleware = create()
  const opening: LinesOf = (client) => [...traffic.forwarded(client), ...linesOf(client)]
  for (const client of clients) handle(middleware, traffic.createTraffic([client], opening, options)())
  return handling(middleware, traffic.createTraffic(clients, linesOf, options), { runs: RUNS, evidence })
}

/** A way for requests to come, and whether the limits are for it. */
interface Variant extends TrafficOptions {
  readonly isLimited?: boolean
}

const ratiosOf = (of: string, isLimited: boolean): Ratio[] => [
  { of, to: 'floor', ...(isLimited && { limit: { atMost: 0.5 }, aim: '0.2' }) },
  { of: 'parse per request', to: of, ...(isLimited && { limit: { atLeast: 400 }, aim: '1,500' }) },
]

const createCase = (recognition: Recognition, { isLimited = false, ...options }: Variant): BenchCase => {
  const clients = traffic.createClients(createForge('P-256'))
  const certificates = traffic.createTraffic(clients, traffic.forwarded, options)
  const { name } = recognition
  return {
    subjects: new Map([
      ['floor', floor(certificates)],
      ['parse per request', parsePerRequest(certificates)],
      [name, recognising(clients, recognition, options)],
    ]),
    ratios: ratiosOf(name, isLimited),
  }
}

/**
 * The limits are for the middleware and what it does itself. In an application of Express, every property of a request
 * that anybody asks for is looked up anew, the reference's two as well; there the limits are those of the load
 * by HTTP.
 */
const VARIANTS: Readonly<Record<string, Variant>> = {
  '': { isLimited: true },
  ', own connection': { isLimited: true, connections: 'own' },
  ', through Express': { through: 'express' },
}

/** Later requests of clients whose certificates are known. A server has one middleware, and so has each case. */
export const LATER_CASES: CaseTable = Object.fromEntries([
  ...[BY_THUMBPRINT, BY_CONNECTION_ID].flatMap((recognition) =>
    Object.entries(VARIANTS).map(([variant, options]): [string, CreateCase] => [
      `${recognition.name}${variant}`,
      () => createCase(recognition, options),
    ]),
  ),
  [BY_ALL_FIELDS.name, () => createCase(BY_ALL_FIELDS, {})],
])
