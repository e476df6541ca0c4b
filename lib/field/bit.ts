import { MtlsIdentityError } from '../errors.js'

/** Decodes `1` and `0`. Anything else is `ERR_MTLS_FIELD_INVALID`, never a guess. */
export const decodeBit = (text: string): boolean => {
  if (text === '1') return true
  if (text === '0') return false
  throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
}
