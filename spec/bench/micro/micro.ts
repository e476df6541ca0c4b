import { runChild } from '../child.js'
import type { Section } from '../report.js'
import { CASES } from './cases.js'

export interface MicroOptions {
  readonly rounds: number
  readonly seed: number
  /** Runs the cases whose name has this in it. */
  readonly only: string
}

/**
 * The garbage of making ready what is handed to the subjects is not theirs: on two cores, threads that collect it
 * meanwhile take time from whichever subject is being timed.
 */
const FLAGS = ['--single-threaded-gc']

/** Times every case in a process of its own: V8 compiles the middleware for the requests that one server has. */
export async function* runMicro({ rounds, seed, only }: MicroOptions): AsyncGenerator<Section> {
  for (const name of Object.keys(CASES).filter((one) => one.includes(only))) {
    yield (await runChild('micro/case-process.js', [name, String(rounds), String(seed)], FLAGS)) as Section
  }
}
