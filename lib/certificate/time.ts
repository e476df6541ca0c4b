import { MtlsIdentityError } from '../errors.js'
import { TAG, type DerElement } from './der.js'

/** What follows the year: month, day, hour, minute and second, two digits each, and `Z`. */
const REST_BYTES = 11
const ZERO = 0x30
const Z = 0x5a

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

/**
 * Reads a `Time` of RFC 5280 section 4.1.2.5 to milliseconds since 1970. Only the forms that the section
 * allows are taken (seconds, `Z`, no fraction), and only a moment that the calendar has: anything else is
 * `ERR_MTLS_CERTIFICATE_INVALID`, for a date that reads wrongly fails open.
 */
export const readTime = ({ tag, content }: DerElement): number => {
  const yearBytes = YEAR_BYTES.get(tag) ?? invalid()
  if (content.length !== yearBytes + REST_BYTES || content[content.length - 1] !== Z) invalid()
  const year = yearBytes === 2 ? withCentury(twoDigits(content, 0)) : fourDigits(content, 0)
  const date = readDate(content, yearBytes, year)
  return date + readTimeOfDay(content, yearBytes + 4)
}

const YEAR_BYTES = new Map<number, number>([
  [TAG.utcTime, 2],
  [TAG.generalizedTime, 4],
])

const withCentury = (year: number): number => (year < 50 ? 2000 : 1900) + year

const readDate = (content: Uint8Array, at: number, year: number): number => {
  const month = twoDigits(content, at) - 1
  const day = twoDigits(content, at + 2)
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  // Date takes 30 February for 2 March: only what reads back is right.
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : invalid()
}

const readTimeOfDay = (content: Uint8Array, at: number): number => {
  const hours = twoDigits(content, at)
  const minutes = twoDigits(content, at + 2)
  const seconds = twoDigits(content, at + 4)
  if (hours > 23 || minutes > 59 || seconds > 59) invalid()
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}

const fourDigits = (content: Uint8Array, at: number): number =>
  twoDigits(content, at) * 100 + twoDigits(content, at + 2)

const twoDigits = (content: Uint8Array, at: number): number =>
  digit(content, at) * 10 + digit(content, at + 1)

const digit = (content: Uint8Array, at: number): number => {
  const value = Number(content[at]) - ZERO
  return value >= 0 && value <= 9 ? value : invalid()
}
