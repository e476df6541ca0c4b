import type { ServerKind } from './server-kinds.js'
import type { Trial } from './trials.js'
import type { Work } from './turns.js'

/** What each did in a trial, turn by turn: values of the same place were measured side by side. */
export class Works {
  readonly #works = new Map<string, Work[]>()

  add({ name }: Trial, kind: ServerKind, work: Work): void {
    const key = `${name}: ${kind}`
    const works = this.#works.get(key)
    if (works === undefined) this.#works.set(key, [work])
    else works.push(work)
  }

  /** Requests per second. */
  speedsOf(trial: Trial, kind: ServerKind): number[] {
    return this.#of(trial, kind).map(({ requests, seconds }) => requests / seconds)
  }

  /** Microseconds of CPU time for a request. */
  cpuOf(trial: Trial, kind: ServerKind): number[] {
    return this.#of(trial, kind).map(({ requests, cpuMicroseconds }) => cpuMicroseconds / requests)
  }

  #of({ name }: Trial, kind: ServerKind): readonly Work[] {
    return this.#works.get(`${name}: ${kind}`) ?? []
  }
}
