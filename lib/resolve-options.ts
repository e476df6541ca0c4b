import type { Continuity } from './continuity/continuity.js'
import { inference } from './continuity/inference.js'
import { perRequestEvidence } from './continuity/per-request.js'
import { cloudflare } from './edges/cloudflare.js'
import type { Edge } from './edges/edge.js'
import { assertOptionNames, resolveCount, resolveFlag, resolvePositiveInteger } from './option-check.js'
import type { CacheOptions, MtlsIdentityOptions, WaitOptions } from './options.js'
import type { IdentityStore } from './store/identity-store.js'
import { toTrust } from './trust/to-trust.js'
import type { Trust } from './trust/trust.js'

/** Options with every default filled in. */
export interface Settings {
  readonly edge: Edge
  readonly trust: Trust
  readonly continuity: Continuity
  readonly cache: Required<CacheOptions>
  readonly store: IdentityStore | undefined
  readonly storeTimeoutMs: number
  readonly wait: Required<WaitOptions>
  readonly onInvalid: 'reject' | 'ignore'
  readonly removeFields: boolean
  /** Every field that is read, in lower case. */
  readonly fields: ReadonlySet<string>
}

const HOUR_MS = 3_600_000
const OPTION_NAMES = [
  'edge',
  'trust',
  'continuity',
  'cache',
  'store',
  'storeTimeoutMs',
  'wait',
  'onInvalid',
  'removeFields',
] as const satisfies readonly (keyof MtlsIdentityOptions)[]

/** Fills in the defaults. Throws a `TypeError` that names the option and says what it must be. */
export const resolveOptions = (options: MtlsIdentityOptions): Settings => {
  assertOptionNames(options, OPTION_NAMES, 'mtlsIdentity()')
  const edge = resolveEdge(options.edge)
  const trust = resolveTrust(options.trust, edge)
  const continuity = resolveContinuity(options.continuity, edge)
  return {
    edge,
    trust,
    continuity,
    cache: resolveCache(options.cache),
    store: resolveStore(options.store),
    storeTimeoutMs: resolvePositiveInteger(options.storeTimeoutMs, 100, 'storeTimeoutMs'),
    wait: resolveWait(options.wait),
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
  if (trust !== undefined) return toTrust(trust, 'trust')
  if (edge.trust !== undefined) return edge.trust
  throw new TypeError(`trust must be given: nothing says which peers are the edge '${edge.name}'`)
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

const resolveStore = (store: IdentityStore | undefined): IdentityStore | undefined => {
  if (store === undefined || (hasFunction(store, 'get') && hasFunction(store, 'set'))) return store
  throw new TypeError("store must be an IdentityStore, such as redisStore(client) from 'mtls-identity/redis'")
}

const resolveWait = (wait: WaitOptions = {}): Required<WaitOptions> => {
  assertOptionNames(wait, ['maxMs', 'maxWaiters', 'maxWaitersPerKey'], 'wait')
  return {
    maxMs: resolveCount(wait.maxMs, 50, 'wait.maxMs'),
    maxWaiters: resolvePositiveInteger(wait.maxWaiters, 1_000, 'wait.maxWaiters'),
    maxWaitersPerKey: resolvePositiveInteger(wait.maxWaitersPerKey, 100, 'wait.maxWaitersPerKey'),
  }
}

const resolveOnInvalid = (onInvalid: unknown = 'reject'): Settings['onInvalid'] => {
  if (onInvalid === 'reject' || onInvalid === 'ignore') return onInvalid
  throw new TypeError("onInvalid must be 'reject' or 'ignore'")
}
