import type { Clock } from '../clock.js'

/** How long a store that failed is left alone before one call tries again. */
const RETRY_AFTER_MS = 250

/**
 * Keeps calls away from a store that fails, so that an outage costs requests no time and queues nothing.
 * One call at a time finds out whether it is back.
 */
export class Circuit {
  #retryAtMs: number | undefined

  constructor(
    readonly clock: Clock,
    readonly onOpen: () => void,
  ) {}

  /** Whether a call may be made now. While the store is failing, asking is promising to make it. */
  admits(): boolean {
    if (this.#retryAtMs === undefined) return true
    if (this.clock.monotonicMs() < this.#retryAtMs) return false
    this.#retryAtMs = this.clock.monotonicMs() + RETRY_AFTER_MS
    return true
  }

  succeeded(): void {
    this.#retryAtMs = undefined
  }

  failed(): void {
    if (this.#retryAtMs === undefined) this.onOpen()
    this.#retryAtMs = this.clock.monotonicMs() + RETRY_AFTER_MS
  }
}
