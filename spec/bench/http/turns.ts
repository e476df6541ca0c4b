import type { ServerKind } from './server-kinds.js'

/** What a server did in one turn. */
export interface Work {
  readonly kind: ServerKind
  readonly requests: number
  readonly seconds: number
  readonly cpuMicroseconds: number
}

/** Who is to answer a server's next requests. */
export interface Schedule {
  /** Requests before the first turn, until the load is even. */
  readonly leadIn: number
  /** Requests at the beginning of each turn that are not counted: what the one before left in the caches. */
  readonly settling: number
  /** Requests of each turn that are counted. */
  readonly counted: number
  readonly turns: readonly ServerKind[]
}

type Snapshot = Pick<Work, 'seconds' | 'cpuMicroseconds'>

const takeSnapshot = (): Snapshot => {
  const { user, system } = process.cpuUsage()
  return { seconds: performance.now() / 1_000, cpuMicroseconds: user + system }
}

/** Goes through a schedule, request by request, and looks at the clocks of the process as each turn is counted. */
export class Turns {
  readonly #works: Work[] = []
  #current: ServerKind
  /** Requests until something is to be done. */
  #left: number
  #begun: Snapshot | undefined

  constructor(
    readonly schedule: Schedule,
    readonly onEnd: (works: readonly Work[]) => void,
  ) {
    this.#current = this.#turn()
    this.#left = schedule.leadIn + schedule.settling
  }

  /** Who answers the request that has come now. */
  next(): ServerKind {
    if (this.#left === 0) this.#proceed()
    this.#left--
    return this.#current
  }

  #proceed(): void {
    const { settling, counted, turns } = this.schedule
    const now = takeSnapshot()
    if (this.#begun === undefined) {
      this.#begun = now
      this.#left = counted
      return
    }
    this.#works.push({ kind: this.#current, requests: counted, ...workBetween(this.#begun, now) })
    this.#begun = undefined
    if (this.#works.length === turns.length) {
      this.#left = Infinity
      this.onEnd(this.#works)
    } else {
      this.#current = this.#turn()
      this.#left = settling
    }
  }

  #turn(): ServerKind {
    const kind = this.schedule.turns[this.#works.length]
    if (kind === undefined) throw new RangeError('Somebody must have a turn.')
    return kind
  }
}

const workBetween = (begun: Snapshot, ended: Snapshot): Snapshot => ({
  seconds: ended.seconds - begun.seconds,
  cpuMicroseconds: ended.cpuMicroseconds - begun.cpuMicroseconds,
})
