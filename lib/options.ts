import type { IncomingMessage } from 'node:http'
import type { Continuity } from './continuity/continuity.js'
import { inference } from './continuity/inference.js'
import { perRequestEvidence } from './continuity/per-request.js'
import { cloudflare } from './edges/cloudflare.js'
import type { Edge } from './edges/edge.js'
import { assertOptionNames, resolveFlag, resolvePositiveInteger } from './option-check.js'
import { peers } from './trust/peers.js'
import type { Trust } from './trust/trust.js'

/** Limits of what is remembered. */
export interface CacheOptions {
  /** Certificates remembered, by thumbprint: about their DER and 1 KB each. Default: 10000. */
  readonly maxCertificates?: number
  /** Client connections remembered, by key: about 0.5 KB each. Default: 100000. */
  readonly maxConnections?: number
  /** Milliseconds after which a client connection without a request is forgotten. Default: 3600000, an hour. */
  readonly ttlMs?: number
}

/** Options of `mtlsIdentity()`. An unknown or wrong one is a `TypeError` when the middleware is made. */
export interface MtlsIdentityOptions {
  /** How the edge speaks: an `Edge` from `mtls-identity/edges`. Default: `cloudflare()`. */
  readonly edge?: Edge
  /**
   * Which peers are the edge: addresses, CIDRs and names as Express's `trust proxy` takes them, a trust
   * from `mtls-identity/trust`, or a function of the request. Default: the edge's own, which for
   * Cloudflare is `cloudflareNetworks()`.
   */
  readonly trust?: string | readonly string[] | Trust | ((req: IncomingMessage) => boolean)
  /**
   * How later requests of a client connection are recognised: `connectionId(field)` or
   * `exclusiveOriginConnections()`. Default: by the edge's evidence on every request where it gives some,
   * else inferred, which is marked and never enough to authorise.
   */
  readonly continuity?: Continuity
  readonly cache?: CacheOptions
  /**
   * What becomes of a request whose fields are malformed or forged: `'reject'` hands a
   * `MtlsIdentityError` of status 400 to Express's error handling, `'ignore'` lets it go on without an
   * identity and with the code in `problems`. Default: `'reject'`.
   */
  readonly onInvalid?: 'reject' | 'ignore'
  /**
   * Take the edge's fields off the request after reading, so that nothing downstream logs or forwards
   * them. From a peer that is not the edge they are always removed, unread. Default: false.
   */
  readonly removeFields?: boolean
}

/** Options with every default filled in. */
export interface Settings {
  readonly edge: Edge
  readonly trust: Trust
  readonly continuity: Continuity
  readonly cache: Required<CacheOptions>
  readonly onInvalid: 'reject' | 'ignore'
  readonly removeFields: boolean
  /** Every field that is read, in lower case. */
  readonly fields: ReadonlySet<string>
}

const HOUR_MS = 3_600_000

/** Fills in the defaults. Throws a `TypeError` that names the option and says what it must be. */
export const resolveOptions = (options: MtlsIdentityOptions): Settings => {
  const names = ['edge', 'trust', 'continuity', 'cache', 'onInvalid', 'removeFields']
  assertOptionNames(options, names, 'mtlsIdentity()')
  const edge = resolveEdge(options.edge)
  const trust = resolveTrust(options.trust, edge)
  const continuity = resolveContinuity(options.continuity, edge)
  return {
    edge,
    trust,
    continuity,
    cache: resolveCache(options.cache),
    onInvalid: resolveOnInvalid(options.onInvalid),
    removeFields: resolveFlag(options.removeFields, 'removeFields'),
    fields: new Set([...edge.fields, ...continuity.fields, ...(trust.fields ?? [])]),
  }
}

const hasFunction = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'

const resolveEdge = (edge: Edge = cloudflare()): Edge => {
  if (hasFunction(edge, 'read') && hasFunction(edge, 'decode') && Array.isArray(edge.fields)) return edge
  throw new TypeError("edge must be an Edge from 'mtls-identity/edges', such as cloudflare()")
}

const resolveTrust = (trust: MtlsIdentityOptions['trust'], edge: Edge): Trust => {
  if (trust === undefined) {
    if (edge.trust !== undefined) return edge.trust
    throw new TypeError(`trust must be given: nothing says which peers are the edge '${edge.name}'`)
  }
  if (typeof trust === 'function') return { isEdge: trust }
  if (typeof trust === 'string' || trust instanceof Array) return peers(trust)
  if (hasFunction(trust, 'isEdge')) return trust
  throw new TypeError("trust must be a list of addresses, a trust from 'mtls-identity/trust', or a function")
}

const resolveContinuity = (continuity: Continuity | undefined, edge: Edge): Continuity => {
  if (continuity === undefined) return edge.speaksOnEveryRequest ? perRequestEvidence() : inference()
  if (hasFunction(continuity, 'follow')) return continuity
  throw new TypeError('continuity must be connectionId(field) or exclusiveOriginConnections()')
}

const resolveCache = (cache: CacheOptions = {}): Required<CacheOptions> => {
  assertOptionNames(cache, ['maxCertificates', 'maxConnections', 'ttlMs'], 'cache')
  return {
    maxCertificates: resolvePositiveInteger(cache.maxCertificates, 10_000, 'cache.maxCertificates'),
    maxConnections: resolvePositiveInteger(cache.maxConnections, 100_000, 'cache.maxConnections'),
    ttlMs: resolvePositiveInteger(cache.ttlMs, HOUR_MS, 'cache.ttlMs'),
  }
}

const resolveOnInvalid = (onInvalid: unknown = 'reject'): Settings['onInvalid'] => {
  if (onInvalid === 'reject' || onInvalid === 'ignore') return onInvalid
  throw new TypeError("onInvalid must be 'reject' or 'ignore'")
}
