import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.js'

export interface ConnectionCacheOptions {
  readonly maxConnections: number
  readonly ttlMs: number
  readonly clock: Clock
}

/**
 * Something about client connections, by their key. Holds at most `maxConnections`, the least recently used
 * one goes first; an entry that nobody asked for during `ttlMs` is gone.
 */
export class ConnectionCache<V extends object | true> {
  readonly #entries: LRUCache<string, V>

  constructor({ maxConnections, ttlMs, clock }: ConnectionCacheOptions) {
    this.#entries = new LRUCache({
      max: maxConnections,
      ttl: ttlMs,
      ttlResolution: 0,
      updateAgeOnGet: true,
      perf: { now: () => clock.monotonicMs() },
    })
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: V): void {
    this.#entries.set(key, value)
  }
}
