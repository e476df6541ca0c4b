import { MtlsIdentityError } from '../errors.js'
import type { Verdict } from './verdict.js'

const NUMBER = /^(?:0|[1-9][0-9]{0,2})$/
/** `X509_V_ERR_CERT_REVOKED` of OpenSSL. */
const REVOKED = '23'

/**
 * Decodes the number of an OpenSSL verify result (`X509_V_OK` is 0), as HAProxy writes `ssl_c_verify`. It
 * is 0 without any certificate too, so it does not say that there is one. Anything else is
 * `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeVerifyResult = (text: string): Pick<Verdict, 'verified' | 'revoked'> => {
  if (!NUMBER.test(text)) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return { verified: text === '0', ...(text === REVOKED && { revoked: true }) }
}
