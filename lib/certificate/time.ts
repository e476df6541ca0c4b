import { MtlsIdentityError } from '../errors.js'
import { TAG, type DerElement } from './der.js'

const UTC_TIME = /^\d{12}Z$/
const GENERALIZED_TIME = /^\d{14}Z$/

/**
 * Reads a `Time` of RFC 5280 section 4.1.2.5 to milliseconds since 1970. Only the forms that the section
 * allows are taken (seconds, `Z`, no fraction), and only a moment that the calendar has: anything else is
 * `ERR_MTLS_CERTIFICATE_INVALID`, for a date that reads wrongly fails open.
 */
export const readTime = (time: DerElement): number => {
  const text = Buffer.from(time.content).toString('latin1')
  if (time.tag === TAG.utcTime && UTC_TIME.test(text)) return parseTime(centuryOf(text) + text)
  if (time.tag === TAG.generalizedTime && GENERALIZED_TIME.test(text)) return parseTime(text)
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

const centuryOf = (utcTime: string): string => (Number(utcTime.slice(0, 2)) < 50 ? '20' : '19')

const parseTime = (digits: string): number => {
  const part = (start: number, end: number): string => digits.slice(start, end)
  const date = `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}`
  const text = `${date}T${part(8, 10)}:${part(10, 12)}:${part(12, 14)}.000Z`
  const moment = new Date(text)
  // Date takes 30 February for 2 March and 24:00 for the next day: only what reads back is right.
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== text) {
    throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  }
  return moment.getTime()
}
