import { estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import type { BenchCase, Ratio } from './bench-case.js'
import { timeBlock } from './subject.js'

/** Nanoseconds a run, by the name of the subject; one figure for each round. */
type Timings = Map<string, number[]>

type Random = (bound: number) => number

const WARM_UP_ROUNDS = 150

/**
 * Times the subjects of a case in each round, in another order each time, one short block right after the other:
 * what disturbs the machine for longer disturbs alike what is compared.
 */
export const timeCase = (
  { subjects, ratios }: BenchCase,
  rounds: number,
  random: Random,
): Omit<Section, 'name'> => {
  const timings: Timings = new Map()
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    // What was timed until here was timed while the code was still being compiled.
    if (round === 0) timings.clear()
    for (const [name, subject] of shuffled([...subjects], random)) {
      timings.set(name, [...(timings.get(name) ?? []), timeBlock(subject)])
    }
  }
  return {
    figures: [...subjects.keys()].map((what) => ({
      what,
      unit: 'µs',
      value: median(timings.get(what) ?? []) / 1_000,
    })),
    checks: ratios.map((ratio) => compare(ratio, timings)),
  }
}

const compare = ({ of, to, ...limits }: Ratio, timings: Timings): Check => ({
  what: `${of} / ${to}`,
  unit: 'x',
  estimate: estimateMedian(pairedRatios(timings.get(of) ?? [], timings.get(to) ?? [])),
  ...limits,
})
