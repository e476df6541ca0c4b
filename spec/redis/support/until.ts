const PATIENCE_MS = 20_000

/** Tries again and again, and gives up after 20 seconds; resolves to what an attempt first resolves to. */
export const until = async <T>(attempt: () => Promise<T | undefined>): Promise<T> => {
  const giveUpMs = performance.now() + PATIENCE_MS
  while (performance.now() < giveUpMs) {
    const result = await attempt()
    if (result !== undefined) return result
  }
  throw new Error(`It did not come about in ${PATIENCE_MS} ms.`)
}

/** Asks again and again, and gives up after 20 seconds. */
export const untilTrue = async (isTrue: () => Promise<boolean>): Promise<void> => {
  await until(async () => (await isTrue()) || undefined)
}
