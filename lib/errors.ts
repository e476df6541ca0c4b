/** Every code this package gives, with its HTTP status and its fixed sentence. */
const ERRORS = {
  ERR_MTLS_FIELD_DUPLICATED: [400, 'A field about the client certificate was sent more than once.'],
  ERR_MTLS_FIELD_TOO_LARGE: [400, 'A field about the client certificate is too large.'],
  ERR_MTLS_FIELD_INVALID: [400, 'A field about the client certificate is malformed.'],
  ERR_MTLS_THUMBPRINT_MISMATCH: [400, 'The client certificate and its SHA-256 do not agree.'],
  ERR_MTLS_CERTIFICATE_INVALID: [400, 'The client certificate is not a valid X.509 certificate.'],
  ERR_MTLS_UNTRUSTED_PEER: [403, 'The request did not come from the edge.'],
  ERR_MTLS_IDENTITY_REQUIRED: [403, 'A client certificate is required.'],
  ERR_MTLS_IDENTITY_INFERRED: [403, 'The client certificate is inferred, which is not enough to authorise.'],
  ERR_MTLS_CERTIFICATE_UNKNOWN: [403, 'The client certificate of this connection is not known here.'],
  ERR_MTLS_CERTIFICATE_EXPIRED: [403, 'The client certificate has expired.'],
  ERR_MTLS_CERTIFICATE_NOT_YET_VALID: [403, 'The client certificate is not yet valid.'],
  ERR_MTLS_CERTIFICATE_NOT_VERIFIED: [403, 'Nobody has verified the client certificate.'],
  ERR_MTLS_CERTIFICATE_REVOKED: [403, 'The client certificate has been revoked.'],
  ERR_MTLS_POLICY_DENIED: [403, 'The policy does not allow this client.'],
  ERR_MTLS_STORE_UNAVAILABLE: [503, 'Whether the client is known cannot be told at the moment.'],
} as const

/** A stable error code: also what `req.mtls.problems` lists. */
export type MtlsIdentityErrorCode = keyof typeof ERRORS

/** Every code there is. */
export const ERROR_CODES = Object.keys(ERRORS) as readonly MtlsIdentityErrorCode[]

/**
 * The one error of this package. `code` says what happened, `status` is the HTTP status that fits it
 * (400 malformed or forged, 403 not allowed, 503 cannot tell). Messages are fixed sentences: nothing that a
 * client sent is ever in them.
 */
export class MtlsIdentityError extends Error {
  override readonly name = 'MtlsIdentityError'
  readonly code: MtlsIdentityErrorCode
  readonly status: number
  /** Always false: http-errors and Express then keep the message from the client. */
  readonly expose = false

  constructor(code: MtlsIdentityErrorCode) {
    const [status, message] = ERRORS[code]
    super(message)
    this.code = code
    this.status = status
  }
}
