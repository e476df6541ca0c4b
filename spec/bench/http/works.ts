import type { ServerKind } from './server-kinds.js'
import { TRIALS, type Trial } from './trials.js'
import type { Work } from './turns.js'

/** What each did in a trial, turn by turn: values of the same place were measured side by side. */
export class Works {
  readonly #works = new Map<Trial, Work[]>(TRIALS.map((trial) => [trial, []]))

  add(trial: Trial, works: readonly Work[]): void {
    this.#works.get(trial)?.push(...works)
  }

  /** Requests per second. */
  speedsOf(trial: Trial, kind: ServerKind): number[] {
    return this.#of(trial, kind).map(({ requests, seconds }) => requests / seconds)
  }

  /** Microseconds of CPU time for a request. */
  cpuOf(trial: Trial, kind: ServerKind): number[] {
    return this.#of(trial, kind).map(({ requests, cpuMicroseconds }) => cpuMicroseconds / requests)
  }

  #of(trial: Trial, kind: ServerKind): readonly Work[] {
    return (this.#works.get(trial) ?? []).filter((work) => work.kind === kind)
  }
}
