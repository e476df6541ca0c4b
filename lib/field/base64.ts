import { MtlsIdentityError } from '../errors.js'

/** The last digit before the padding, whose unused bits must be zero: four of them, or two. */
const BEFORE_TWO = 'AQgw'
const BEFORE_ONE = 'AEIMQUYcgkosw048'
const ABOVE_LATIN_1 = /[\u0100-\uffff]/

/**
 * Decodes base64 of RFC 4648 section 4, one-to-one: only the canonical text of the bytes is taken, so
 * padding, alphabet and unused bits are all checked. Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeBase64 = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  // Buffer.from skips what it does not know, and stops at padding: then there are fewer bytes than there should be.
  const isComplete = bytes.length > 0 && bytes.length === (text.length / 4) * 3 - padding
  if (!isComplete || !hasCanonicalEnd(text, padding) || hasForeignDigit(text)) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return bytes
}

const hasCanonicalEnd = (text: string, padding: 0 | 1 | 2): boolean =>
  padding === 0 || (padding === 1 ? BEFORE_ONE : BEFORE_TWO).includes(text.charAt(text.length - 1 - padding))

/** What Buffer.from takes for a digit although it is none: the alphabet of base64url, and what looks like a digit to it. */
const hasForeignDigit = (text: string): boolean =>
  text.includes('-') || text.includes('_') || ABOVE_LATIN_1.test(text)
