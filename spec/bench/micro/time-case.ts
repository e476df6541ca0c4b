import { shuffled } from '../arithmetic.js'
import type { BenchCase, Ratio } from './bench-case.js'
import { timeBlock } from './subject.js'

/** Nanoseconds a run, by the name of the subject; one figure for each round. */
export type Timings = Readonly<Record<string, readonly number[]>>

/** What one process has timed of a case, and what is to be compared. */
export interface TimedCase {
  readonly timings: Timings
  readonly ratios: readonly Ratio[]
}

type Random = (bound: number) => number

const WARM_UP_ROUNDS = 150

/**
 * Times the subjects of a case in each round, in another order each time, one short block right after the other:
 * what disturbs the machine for longer disturbs alike what is compared.
 */
export const timeCase = ({ subjects, ratios }: BenchCase, rounds: number, random: Random): TimedCase => {
  const timings = new Map([...subjects.keys()].map((name) => [name, [] as number[]]))
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const [name, subject] of shuffled([...subjects], random)) {
      const nanoseconds = timeBlock(subject)
      // What is timed before is timed while the code is still being compiled.
      if (round >= 0) timings.get(name)?.push(nanoseconds)
    }
  }
  return { timings: Object.fromEntries(timings), ratios }
}
