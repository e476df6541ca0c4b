import { MtlsIdentityError } from '../errors.js'

/** The longest text: 32 bytes with their padding. */
export const MAX_SHA256_BASE64_BYTES = 44

/**
 * Decodes a SHA-256 in base64, with its padding or without, to 64 lower-case hex digits. Throws
 * `ERR_MTLS_FIELD_INVALID` for any other text, also for one that is not canonical.
 */
export const decodeSha256Base64 = (text: string): string => {
  const bytes = Buffer.from(text, 'base64')
  const canonical = bytes.toString('base64')
  if (bytes.length !== 32 || (text !== canonical && text !== canonical.slice(0, -1))) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return bytes.toString('hex')
}
