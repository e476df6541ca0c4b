/** Runs something; resolves to what it resolves to and the milliseconds that it took. */
export const timed = async <T>(run: () => Promise<T>): Promise<[result: T, ms: number]> => {
  const startMs = performance.now()
  const result = await run()
  return [result, performance.now() - startMs]
}
