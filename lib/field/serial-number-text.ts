import { MtlsIdentityError } from '../errors.js'
import { decodeSerialNumber } from './serial-number.js'

const COLON_HEX = /^[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{2})+$/
const DECIMAL = /^(-?)([0-9]+)$/

/** The longest texts: 20 octets (RFC 5280 section 4.1.2.2) and some more, with colons. */
export const MAX_SERIAL_NUMBER_BYTES = 96

/**
 * Decodes a serial number in hexadecimal, with a colon between every two digits or none at all, to upper
 * case. Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeHexSerialNumber = (text: string): string =>
  decodeSerialNumber(COLON_HEX.test(text) ? text.replaceAll(':', '') : text)

/** Decodes a decimal serial number to upper-case hex, two digits an octet. Throws `ERR_MTLS_FIELD_INVALID`. */
export const decodeDecimalSerialNumber = (text: string): string => {
  const [, sign, digits] = DECIMAL.exec(text) ?? []
  if (sign === undefined || digits === undefined) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  const value = BigInt(digits)
  if (value === 0n) return '0'
  const hex = value.toString(16).toUpperCase()
  return sign + (hex.length % 2 === 0 ? hex : `0${hex}`)
}
