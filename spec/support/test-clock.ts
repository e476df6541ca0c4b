import type { Clock } from '../../lib/clock.js'

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  #wallMs = Date.now()
  #monotonicMs = 1

  now(): number {
    return this.#wallMs
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  advance(ms: number): void {
    this.#wallMs += ms
    this.#monotonicMs += ms
  }

  /** As NTP or an administrator does it: the wall clock jumps, the other one does not. */
  stepWallClock(ms: number): void {
    this.#wallMs += ms
  }
}
