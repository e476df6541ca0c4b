import { MtlsIdentityError } from '../errors.js'

/** What a verdict says of a client's certificate. */
export interface Verdict {
  readonly presented: boolean
  readonly verified: boolean
  /** Only ever true: who says nothing of revocation may not have looked. */
  readonly revoked?: true
}

const FAILED = /^FAILED(?::(.*))?$/
/** `X509_V_ERR_CERT_REVOKED` in the words of `X509_verify_cert_error_string` of OpenSSL. */
const REVOKED = 'certificate revoked'

/**
 * Decodes `SUCCESS`, `NONE`, `FAILED` and `FAILED:reason`, as nginx writes `$ssl_client_verify` and
 * Cloudflare `certVerified`. Anything else is `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeVerdict = (text: string): Verdict => {
  if (text === 'SUCCESS') return { presented: true, verified: true }
  if (text === 'NONE') return { presented: false, verified: false }
  const failed = FAILED.exec(text)
  if (failed === null) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return { presented: true, verified: false, ...(failed[1] === REVOKED && { revoked: true }) }
}
