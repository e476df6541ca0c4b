import type { Clock } from './clock.js'

/** A longer time between two looks may be a clock that was set. */
const MAX_STEP_MS = 1_000

/**
 * The time of one request, which takes one look at the clock where asking for both of its times would take two. Its
 * monotonic time goes with the wall clock, except where that jumps.
 */
export class Moment implements Pick<Clock, 'now' | 'monotonicMs'> {
  readonly #clock: Clock
  #wallMs = -Infinity
  #offsetMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Makes it the present moment. */
  begin(): void {
    const wallMs = this.#clock.now()
    const stepMs = wallMs - this.#wallMs
    if (stepMs < 0 || stepMs > MAX_STEP_MS) this.#offsetMs = this.#clock.monotonicMs() - wallMs
    this.#wallMs = wallMs
  }

  now(): number {
    return this.#wallMs
  }

  monotonicMs(): number {
    return this.#wallMs + this.#offsetMs
  }
}
