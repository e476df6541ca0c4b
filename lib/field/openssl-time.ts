import { MtlsIdentityError } from '../errors.js'

const OPENSSL_TIME =
  /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) GMT$/

/**
 * Decodes a time as OpenSSL prints it, `Mar 21 13:35:00 2022 GMT`. Throws `ERR_MTLS_FIELD_INVALID`, also
 * for a moment that the calendar does not have.
 */
export const decodeOpenSslTime = (text: string): Date => {
  const [, month, day, clock, year] = OPENSSL_TIME.exec(text) ?? []
  const canonical = `${String(day).padStart(2, '0')} ${String(month)} ${String(year)} ${String(clock)} GMT`
  const time = new Date(canonical)
  // Date takes 30 February for 2 March and year 1 for 2001: only what reads back is right.
  if (!time.toUTCString().endsWith(canonical)) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return time
}
