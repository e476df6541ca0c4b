import { setImmediate as turn } from 'node:timers/promises'

/** Bytes in use, of V8 and of buffers outside of it, when everything that can be freed is. */
export const usedBytes = async (): Promise<number> => {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Run it with --expose-gc.')
  for (let round = 0; round < 5; round++) {
    gc()
    await turn()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
