import { MtlsIdentityError } from '../errors.js'

/**
 * Decodes base64 of RFC 4648 section 4, one-to-one: only the canonical text of the bytes is taken, so
 * padding, alphabet and unused bits are all checked. Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeBase64 = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64')
  // Buffer.from skips what it does not know; encoding again shows whether it skipped anything.
  if (bytes.length === 0 || bytes.toString('base64') !== text) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return bytes
}
