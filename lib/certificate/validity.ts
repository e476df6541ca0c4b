export type Validity = 'valid' | 'expired' | 'not-yet-valid'

/**
 * Certificates keep their times in seconds from here, for V8 keeps small integers where the others are, and
 * in these seconds all times from 1970 to 2106 are such integers. Any other time is as right.
 */
const EPOCH_MS = Date.UTC(2038, 0, 19, 3, 14, 8)

/** A time (milliseconds since 1970) as certificates keep it. */
export const toCompactTime = (timeMs: number): number => (timeMs - EPOCH_MS) / 1_000

/** Milliseconds since 1970. */
export const fromCompactTime = (time: number): number => time * 1_000 + EPOCH_MS

/** Whether the period between two compact times has begun and not ended at a time in milliseconds since 1970. */
export const validityAt = (notBefore: number, notAfter: number, timeMs: number): Validity => {
  const time = toCompactTime(timeMs)
  if (time < notBefore) return 'not-yet-valid'
  return time > notAfter ? 'expired' : 'valid'
}
