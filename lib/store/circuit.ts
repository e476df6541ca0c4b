import type { Clock } from '../clock.js'

/** How long a store that failed is left alone before one call tries again. */
const RETRY_AFTER_MS = 250

/** Is told when the store begins to fail, and when it works again. */
export interface Outages {
  begin(error: unknown): void
  end(outageMs: number): void
}

/**
 * Keeps calls away from a store that fails, so that an outage costs requests no time and queues nothing.
 * One call at a time finds out whether it is back.
 */
export class Circuit {
  #outage: { readonly sinceMs: number; retryAtMs: number } | undefined

  constructor(
    readonly clock: Clock,
    readonly outages: Outages,
  ) {}

  /** Whether a call may be made now. While the store is failing, asking is promising to make it. */
  admits(): boolean {
    if (this.#outage === undefined) return true
    const nowMs = this.clock.monotonicMs()
    if (nowMs < this.#outage.retryAtMs) return false
    this.#outage.retryAtMs = nowMs + RETRY_AFTER_MS
    return true
  }

  succeeded(): void {
    if (this.#outage === undefined) return
    const { sinceMs } = this.#outage
    this.#outage = undefined
    this.outages.end(this.clock.monotonicMs() - sinceMs)
  }

  failed(error: unknown): void {
    const nowMs = this.clock.monotonicMs()
    const isNew = this.#outage === undefined
    this.#outage = { sinceMs: this.#outage?.sinceMs ?? nowMs, retryAtMs: nowMs + RETRY_AFTER_MS }
    if (isNew) this.outages.begin(error)
  }
}
