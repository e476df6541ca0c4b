import { MtlsIdentityError } from '../errors.js'

/** More intermediate certificates than any chain in use has. */
const MAX_CHAIN = 10

/** Throws `ERR_MTLS_FIELD_TOO_LARGE` for more than ten intermediate certificates. */
export const assertChainLength = (length: number): void => {
  if (length > MAX_CHAIN) throw new MtlsIdentityError('ERR_MTLS_FIELD_TOO_LARGE')
}
