import type { Clock } from '../clock.js'

/** How long and how many requests wait for what another request is about to bring. */
export interface WaitLimits {
  readonly maxMs: number
  readonly maxWaiters: number
  readonly maxWaitersPerKey: number
}

/** Lets requests wait, within limits, until something with a key arrives. */
export class Arrivals {
  readonly #waiting = new Map<string, Set<() => void>>()
  #waiters = 0

  constructor(
    readonly limits: WaitLimits,
    readonly clock: Clock,
  ) {}

  /** Wakes those who wait for this key. */
  announce(key: string): void {
    for (const wake of this.#waiting.get(key) ?? []) wake()
  }

  /** Resolves when the key is announced or the time is up; `undefined` where there is no place to wait. */
  wait(key: string): Promise<void> | undefined {
    const { maxMs, maxWaiters, maxWaitersPerKey } = this.limits
    const others = this.#waiting.get(key)
    if (maxMs === 0 || this.#waiters >= maxWaiters || (others?.size ?? 0) >= maxWaitersPerKey)
      return undefined
    return new Promise((resolve) => {
      const waiting = others ?? new Set()
      const wake = (): void => {
        cancel()
        waiting.delete(wake)
        this.#waiters--
        if (waiting.size === 0) this.#waiting.delete(key)
        resolve()
      }
      const cancel = this.clock.after(maxMs, wake)
      this.#waiting.set(key, waiting.add(wake))
      this.#waiters++
    })
  }
}
