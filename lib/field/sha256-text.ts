import { MtlsIdentityError } from '../errors.js'

/** The longest text: 64 digits and the colons between the pairs. */
export const MAX_SHA256_TEXT_BYTES = 95

const HEX_ANY_CASE = /^[0-9A-Fa-f]{64}$/
const COLON_HEX = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}$/

/** By character code: whether it is a lower-case hexadecimal digit. */
const IS_DIGIT = Uint8Array.from({ length: 0x80 }, (_, code) =>
  '0123456789abcdef'.includes(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * Decodes the text of a SHA-256 to 64 lower-case hex digits: hexadecimal in either case, with a colon
 * between every two digits or none at all. Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeSha256Text = (text: string): string => {
  if (isLowerCaseHex(text)) return text
  if (HEX_ANY_CASE.test(text)) return text.toLowerCase()
  if (COLON_HEX.test(text)) return text.replaceAll(':', '').toLowerCase()
  throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
}

/** The common case, in a third of the time that a regular expression takes. */
const isLowerCaseHex = (text: string): boolean => {
  if (text.length !== 64) return false
  for (let i = 0; i < 64; i++) if (IS_DIGIT[text.charCodeAt(i)] !== 1) return false
  return true
}
