import { MtlsIdentityError } from '../errors.js'

const OPENSSL_TIME = /^([A-Z][a-z]{2}) ([ \d]\d|\d) (\d\d):(\d\d):(\d\d) (\d{4}) GMT$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * Decodes a time as OpenSSL prints it, `Mar 21 13:35:00 2022 GMT`. Throws `ERR_MTLS_FIELD_INVALID`, also
 * for a moment that the calendar does not have.
 */
export const decodeOpenSslTime = (text: string): Date => {
  const [, name = '', ...numbers] = OPENSSL_TIME.exec(text) ?? []
  const month = MONTHS.indexOf(name)
  const [day = 0, hours = 0, minutes = 0, seconds = 0, year = 0] = numbers.map(Number)
  const time = new Date(0)
  time.setUTCFullYear(year, month, day)
  time.setUTCHours(hours, minutes, seconds)
  // Date takes 30 February for 2 March: only what reads back is right.
  const isReal =
    month !== -1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hours &&
    time.getUTCMinutes() === minutes &&
    time.getUTCSeconds() === seconds
  if (!isReal) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return time
}
