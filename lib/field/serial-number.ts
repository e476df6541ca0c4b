import { MtlsIdentityError } from '../errors.js'

const HEX = /^-?[0-9A-Fa-f]+$/

/** Decodes a serial number in hexadecimal to upper case. Throws `ERR_MTLS_FIELD_INVALID`. */
export const decodeSerialNumber = (text: string): string => {
  if (!HEX.test(text)) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return text.toUpperCase()
}
