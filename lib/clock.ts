/** Where the time comes from; specs bring their own. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970, for what certificates say. */
  now(): number
  /** A time in milliseconds that never goes backwards, for how long something is remembered. */
  monotonicMs(): number
  /** Calls back after this many milliseconds, unless what it returns is called before. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}
