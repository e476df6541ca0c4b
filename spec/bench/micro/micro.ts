import { createRandom } from '../../support/random.js'
import { estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import type { BenchCase, CaseTable, Ratio } from './bench-case.js'
import { CERTIFICATE_CASES } from './certificate-cases.js'
import { EVENT_CASES } from './event-cases.js'
import { FIRST_READ_CASES } from './first-read-cases.js'
import { LATER_CASES } from './later-cases.js'
import { timeBlock } from './subject.js'

export interface MicroOptions {
  readonly rounds: number
  readonly seed: number
  /** Runs the cases whose name has this in it. */
  readonly only: string
}

/** Nanoseconds a run, by the name of the subject; one figure for each round. */
type Timings = Map<string, number[]>

const WARM_UP_ROUNDS = 30

export const CASES: CaseTable = { ...LATER_CASES, ...CERTIFICATE_CASES, ...FIRST_READ_CASES, ...EVENT_CASES }

/**
 * Times every case in each round, in another order each time, and so the subjects of the case, one short block
 * right after the other: what disturbs the machine for longer disturbs alike what is compared.
 */
export const runMicro = ({ rounds, seed, only }: MicroOptions): Section[] => {
  const random = createRandom(seed)
  const cases = Object.entries(CASES)
    .filter(([name]) => name.includes(only))
    .map(([name, create]) => ({ name, benchCase: create(), timings: new Map() as Timings }))
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    // What was timed until here was timed while the code was still being compiled.
    if (round === 0) for (const { timings } of cases) timings.clear()
    for (const { benchCase, timings } of shuffled(cases, random)) timeRound(benchCase, timings, random)
  }
  return cases.map(({ name, benchCase, timings }) => ({ name, ...describe(benchCase, timings) }))
}

const timeRound = ({ subjects }: BenchCase, timings: Timings, random: (bound: number) => number): void => {
  for (const [name, subject] of shuffled([...subjects], random)) {
    timings.set(name, [...(timings.get(name) ?? []), timeBlock(subject)])
  }
}

const describe = ({ subjects, ratios }: BenchCase, timings: Timings): Omit<Section, 'name'> => ({
  figures: [...subjects.keys()].map((what) => ({
    what,
    unit: 'µs',
    value: median(timings.get(what) ?? []) / 1_000,
  })),
  checks: ratios.map((ratio) => compare(ratio, timings)),
})

const compare = ({ of, to, ...limits }: Ratio, timings: Timings): Check => ({
  what: `${of} / ${to}`,
  unit: 'x',
  estimate: estimateMedian(pairedRatios(timings.get(of) ?? [], timings.get(to) ?? [])),
  ...limits,
})
