import { MtlsIdentityError } from '../lib/errors.js'

describe('MtlsIdentityError', () => {
  it.each([
    ['ERR_MTLS_FIELD_DUPLICATED', 400],
    ['ERR_MTLS_FIELD_TOO_LARGE', 400],
    ['ERR_MTLS_FIELD_INVALID', 400],
    ['ERR_MTLS_THUMBPRINT_MISMATCH', 400],
    ['ERR_MTLS_CERTIFICATE_INVALID', 400],
    ['ERR_MTLS_UNTRUSTED_PEER', 403],
    ['ERR_MTLS_IDENTITY_REQUIRED', 403],
    ['ERR_MTLS_IDENTITY_INFERRED', 403],
    ['ERR_MTLS_CERTIFICATE_UNKNOWN', 403],
    ['ERR_MTLS_CERTIFICATE_EXPIRED', 403],
    ['ERR_MTLS_CERTIFICATE_NOT_YET_VALID', 403],
    ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED', 403],
    ['ERR_MTLS_CERTIFICATE_REVOKED', 403],
    ['ERR_MTLS_POLICY_DENIED', 403],
    ['ERR_MTLS_STORE_UNAVAILABLE', 503],
  ] as const)('has for %s the status %i and a sentence', (code, status) => {
    const error = new MtlsIdentityError(code)
    expect(error).toBeInstanceOf(Error)
    expect([error.name, error.code, error.status]).toEqual(['MtlsIdentityError', code, status])
    expect(error.message).toMatch(/^[A-Z].*\.$/)
  })

  it('keeps its message from the client', () => {
    expect(new MtlsIdentityError('ERR_MTLS_POLICY_DENIED').expose).toBe(false)
  })
})
