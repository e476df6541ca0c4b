import type { IncomingMessage } from 'node:http'
import type { Continuity } from './continuity/continuity.js'
import type { Edge } from './edges/edge.js'
import type { IdentityStore } from './store/identity-store.js'
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

/** Limits of waiting for a certificate that another request is about to bring. */
export interface WaitOptions {
  /** Milliseconds that a request waits at most; 0 turns waiting off. Default: 50. */
  readonly maxMs?: number
  /** Requests that wait at a time for certificates, and as many for connections. Default: 1000. */
  readonly maxWaiters?: number
  /** Requests that wait at a time for the same certificate or connection. Default: 100. */
  readonly maxWaitersPerKey?: number
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
   * Where processes tell each other what they have seen, such as `redisStore(client)` from
   * `mtls-identity/redis`. Default: none, each process knows what it has seen itself.
   */
  readonly store?: IdentityStore
  /** Milliseconds after which a call to the store has failed. Default: 100. */
  readonly storeTimeoutMs?: number
  /**
   * How long a request waits for a certificate that is on its way: parallel requests of a client reach the
   * origin in any order. It waits for a certificate of which it carries the thumbprint, and, once for each client
   * connection, for one of which it carries the connection's id.
   */
  readonly wait?: WaitOptions
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
