import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.js'

export interface ConnectionCacheOptions {
  readonly maxConnections: number
  readonly ttlMs: number
  readonly clock: Clock
}

/**
 * Thumbprints by the key of a client connection. Holds at most `maxConnections`, the least recently used
 * one goes first; an entry that nobody asked for during `ttlMs` is gone.
 */
export class ConnectionCache {
  readonly #thumbprints: LRUCache<string, string>

  constructor({ maxConnections, ttlMs, clock }: ConnectionCacheOptions) {
    this.#thumbprints = new LRUCache({
      max: maxConnections,
      ttl: ttlMs,
      ttlResolution: 0,
      updateAgeOnGet: true,
      perf: { now: () => clock.monotonicMs() },
    })
  }

  get(key: string): string | undefined {
    return this.#thumbprints.get(key)
  }

  set(key: string, thumbprint: string): void {
    this.#thumbprints.set(key, thumbprint)
  }
}
