import { mean } from '../arithmetic.js'
import type { Subject } from '../micro/subject.js'

const RUNS = 200
const BLOCKS = 40
const WARM_UP_BLOCKS = 20

/** What has been allocated so far, as long as nothing is collected: in V8's heap, and buffers outside of it. */
const allocatedBytes = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const measureBlock = (subject: Subject): number => {
  const inputs = Array.from({ length: RUNS }, () => subject.prepare())
  const results = new Array<unknown>(RUNS).fill(undefined)
  const before = allocatedBytes()
  for (let index = 0; index < RUNS; index++) results[index] = subject.run(inputs[index] as never)
  const bytes = allocatedBytes() - before
  subject.verify?.(results)
  return bytes / RUNS
}

/** The mean without the highest and the lowest quarter: now and then V8 allocates for itself. */
const interquartileMean = (values: readonly number[]): number => {
  const quarter = Math.floor(values.length / 4)
  return mean([...values].sort((a, b) => a - b).slice(quarter, values.length - quarter))
}

/** Bytes that one run allocates, where `collect` leaves room for as many runs as there are in a block. */
export const measureAllocations = (subject: Subject, collect: () => void): number => {
  const blocks = Array.from({ length: WARM_UP_BLOCKS + BLOCKS }, () => {
    collect()
    return measureBlock(subject)
  })
  return Math.round(interquartileMean(blocks.slice(WARM_UP_BLOCKS)))
}
