import { estimateMedian, median, pairedRatios } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import type { Ratio } from './bench-case.js'
import type { TimedCase, Timings } from './time-case.js'

/** What several processes have timed of a case, as one section. */
export const describeCase = (name: string, [first, ...others]: readonly TimedCase[]): Section => {
  if (first === undefined) throw new Error(`Nobody has timed '${name}'.`)
  const timings = others.reduce((all, { timings: more }) => join(all, more), first.timings)
  return {
    name,
    figures: Object.entries(timings).map(([what, nanoseconds]) => ({
      what,
      unit: 'µs',
      value: median(nanoseconds) / 1_000,
    })),
    checks: first.ratios.map((ratio) => compare(ratio, timings)),
  }
}

/** The rounds of one process after those of another, so that pairs stay pairs. */
const join = (timings: Timings, more: Timings): Timings =>
  Object.fromEntries(
    Object.entries(timings).map(([what, nanoseconds]) => [what, [...nanoseconds, ...(more[what] ?? [])]]),
  )

const compare = ({ of, to, ...limits }: Ratio, timings: Timings): Check => ({
  what: `${of} / ${to}`,
  unit: 'x',
  estimate: estimateMedian(pairedRatios(timings[of] ?? [], timings[to] ?? [])),
  ...limits,
})
