import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.js'

export interface ConnectionCacheOptions {
  readonly maxConnections: number
  readonly ttlMs: number
  readonly clock: Pick<Clock, 'monotonicMs'>
}

interface Entry<V> {
  readonly value: V
  /** By the clock that never goes backwards. */
  usedMs: number
}

/**
 * Something about client connections, by their key. Holds at most `maxConnections`, the least recently used
 * one goes first; an entry that nobody asked for during `ttlMs` is gone.
 */
export class ConnectionCache<V extends object | true> {
  readonly #entries: LRUCache<string, Entry<V>>
  readonly #ttlMs: number
  readonly #clock: ConnectionCacheOptions['clock']

  constructor({ maxConnections, ttlMs, clock }: ConnectionCacheOptions) {
    this.#entries = new LRUCache({ max: maxConnections })
    this.#ttlMs = ttlMs
    this.#clock = clock
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    // The cache could keep the time itself, but asks for it twice.
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - entry.usedMs > this.#ttlMs) {
      this.#entries.delete(key)
      return undefined
    }
    entry.usedMs = nowMs
    return entry.value
  }

  set(key: string, value: V): void {
    this.#entries.set(key, { value, usedMs: this.#clock.monotonicMs() })
  }
}
