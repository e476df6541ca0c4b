import { MtlsIdentityError } from '../errors.js'

/** Decodes the words `true` and `false`. Anything else is `ERR_MTLS_FIELD_INVALID`, never a guess. */
export const decodeBoolean = (text: string): boolean => {
  if (text === 'true') return true
  if (text === 'false') return false
  throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
}
