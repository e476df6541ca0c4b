import type { Clock } from '../../lib/clock.js'

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  #wallMs = Date.now()
  #monotonicMs = 1
  readonly #timers = new Map<symbol, { readonly dueMs: number; readonly callback: () => void }>()

  now(): number {
    return this.#wallMs
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  after(ms: number, callback: () => void): () => void {
    const timer = Symbol('timer')
    this.#timers.set(timer, { dueMs: this.#monotonicMs + ms, callback })
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size
  }

  advance(ms: number): void {
    this.#wallMs += ms
    this.#monotonicMs += ms
    for (const [timer, { dueMs, callback }] of this.#timers) {
      if (dueMs <= this.#monotonicMs && this.#timers.delete(timer)) callback()
    }
  }

  /** As NTP or an administrator does it: the wall clock jumps, the other one does not. */
  stepWallClock(ms: number): void {
    this.#wallMs += ms
  }
}
