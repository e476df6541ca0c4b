const TICK_MS = 10

/** Milliseconds that this process was given: on a machine that is busy with other things, fewer than passed. */
export class OwnTime {
  #ticks = 0
  readonly #timer = setInterval(() => this.#ticks++, TICK_MS)

  get ms(): number {
    return this.#ticks * TICK_MS
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
