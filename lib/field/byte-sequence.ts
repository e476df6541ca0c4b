import { MtlsIdentityError } from '../errors.js'
import { decodeBase64 } from './base64.js'
import { assertChainLength } from './chain-length.js'

/**
 * Decodes a Byte Sequence, `:base64:`, as RFC 8941 section 4.1.8 serialises it. Section 4.2.7 also parses
 * base64 that is not canonical, and parameters; neither is taken, so that equal bytes are equal text.
 * Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeByteSequence = (text: string): Buffer => {
  if (text.length < 2 || !text.startsWith(':') || !text.endsWith(':')) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return decodeBase64(text.slice(1, -1))
}

/**
 * Decodes a List of Byte Sequences as RFC 8941 section 4.1.1 serialises it; the space after a comma may be
 * missing. Throws `ERR_MTLS_FIELD_INVALID`, and `ERR_MTLS_FIELD_TOO_LARGE` for more than ten.
 */
export const decodeByteSequences = (text: string): readonly Buffer[] => {
  const items = text.split(',')
  assertChainLength(items.length)
  return items.map((item) => decodeByteSequence(item.startsWith(' ') ? item.slice(1) : item))
}
