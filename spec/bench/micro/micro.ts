import { runChild } from '../child.js'
import type { Section } from '../report.js'
import { CASES } from './cases.js'
import { describeCase } from './describe-case.js'
import type { TimedCase } from './time-case.js'

export interface MicroOptions {
  readonly rounds: number
  readonly seed: number
  /** Runs the cases whose name has this in it. */
  readonly only: string
}

/** How many processes share the rounds of a case: what V8 makes of its code is chance, and differs by a tenth. */
const PROCESSES = 3

/**
 * The garbage of making ready what is handed to the subjects is not theirs: on two cores, threads that collect it
 * meanwhile take time from whichever subject is being timed.
 */
const FLAGS = ['--single-threaded-gc']

/** Times every case in processes of its own: V8 compiles the middleware for the requests that one server has. */
export async function* runMicro({ rounds, seed, only }: MicroOptions): AsyncGenerator<Section> {
  for (const name of Object.keys(CASES).filter((one) => one.includes(only))) {
    const timed: TimedCase[] = []
    for (let started = 0; started < PROCESSES; started++) {
      const args = [name, String(Math.ceil(rounds / PROCESSES)), String(seed + started)]
      timed.push((await runChild('micro/case-process.js', args, FLAGS)) as TimedCase)
    }
    yield describeCase(name, timed)
  }
}
