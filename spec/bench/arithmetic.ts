/** A figure of a run, and between which two the true one is likely to be. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What a ratio is not to be above (or below), and whether it was. */
export interface Limit {
  readonly atMost?: number
  readonly atLeast?: number
}

/** `missed` is beyond the limit by more than the noise of the run, `unclear` by less. */
export type Verdict = 'met' | 'unclear' | 'missed'

/** How many standard deviations the interval is wide on either side: 99 % of all runs. */
const DEVIATIONS = 2.576

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)

const at = (values: readonly number[], index: number): number => {
  const value = values[Math.min(Math.max(index, 0), values.length - 1)]
  if (value === undefined) throw new RangeError('There is no median of nothing.')
  return value
}

/** The middle value, or half-way between the two middle ones. */
export const median = (values: readonly number[]): number => {
  const ranked = sorted(values)
  const middle = (ranked.length - 1) / 2
  return (at(ranked, Math.floor(middle)) + at(ranked, Math.ceil(middle))) / 2
}

/**
 * The median and its noise: the values whose ranks the true median is between in 99 of 100 runs, whatever the
 * distribution of the values (the ranks are those of a fair coin thrown once for each value).
 */
export const estimateMedian = (values: readonly number[]): Estimate => {
  const ranked = sorted(values)
  const middle = (ranked.length - 1) / 2
  const reach = (DEVIATIONS * Math.sqrt(ranked.length)) / 2
  return {
    value: median(ranked),
    low: at(ranked, Math.floor(middle - reach)),
    high: at(ranked, Math.ceil(middle + reach)),
  }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * The mean, in which everything counts that was seen, and its noise: where the true mean is in 99 of 100 runs, if there
 * are many values.
 */
export const estimateMean = (values: readonly number[]): Estimate => {
  const value = mean(values)
  const variance = mean(values.map((other) => (other - value) ** 2))
  const reach = DEVIATIONS * Math.sqrt(variance / values.length)
  return { value, low: value - reach, high: value + reach }
}

/** The ratios of values that were measured one right after the other. */
export const pairedRatios = (values: readonly number[], references: readonly number[]): readonly number[] => {
  if (values.length !== references.length) throw new RangeError('A pair must have two.')
  return values.map((value, index) => value / at(references, index))
}

/** Whether an estimate keeps to a limit. */
export const judgeEstimate = (
  { value, low, high }: Estimate,
  { atMost = Infinity, atLeast = -Infinity }: Limit,
): Verdict => {
  if (value <= atMost && value >= atLeast) return 'met'
  return low > atMost || high < atLeast ? 'missed' : 'unclear'
}

/** The same in random order (drawn from a hat). */
export const shuffled = <T>(list: readonly T[], random: (bound: number) => number): readonly T[] => {
  const hat = [...list]
  return list.flatMap(() => hat.splice(random(hat.length), 1))
}
