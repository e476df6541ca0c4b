import { do_not_optimize } from 'mitata'

/** Something that is timed. */
export interface Subject {
  /** Runs in a timed block, each with an input of its own: more of what is quick, less of what is slow. */
  readonly runs: number
  /** How many times one run does it, for what takes less time than a clock can tell. Default: 1. */
  readonly times?: number
  /** Makes the input of one run. Not timed. */
  prepare(): unknown
  run(input: never): unknown
  /** Throws unless what the runs of a block have returned is right. Not timed. */
  verify?(results: readonly unknown[]): void
}

/** Nanoseconds that it took once, in the second of two blocks of runs. */
export const timeBlock = (subject: Subject): number => {
  // Once for the processor, which has just run something else.
  runBlock(subject)
  return runBlock(subject) / subject.runs / (subject.times ?? 1)
}

const runBlock = (subject: Subject): number => {
  const inputs = Array.from({ length: subject.runs }, () => subject.prepare())
  const results = new Array<unknown>(inputs.length).fill(undefined)
  const nanoseconds = timeRuns(subject, inputs, results)
  do_not_optimize(results)
  subject.verify?.(results)
  return nanoseconds
}

const timeRuns = (subject: Subject, inputs: readonly unknown[], results: unknown[]): number => {
  const begun = process.hrtime.bigint()
  for (let index = 0; index < inputs.length; index++) results[index] = subject.run(inputs[index] as never)
  return Number(process.hrtime.bigint() - begun)
}
