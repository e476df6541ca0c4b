import type { MtlsContext } from 'mtls-identity'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createIdentity } from '../../support/create-identity.js'

const authority = createCertificateAuthority({ subject: { country: 'NL', commonName: 'Issuing CA' } })

export const NOT_BEFORE = new Date('2026-01-02T03:04:05Z')
export const NOT_AFTER = new Date('2027-01-02T03:04:05Z')

/** Of the certificate that most specs are about everything is fixed but its key, and so its thumbprint. */
export const alice = createIdentity(
  authority.issue({
    subject: { country: 'NL', organization: 'Example, Inc.', commonName: 'alice' },
    subjectAltName: [
      { type: 'dNSName', value: 'alice.example' },
      { type: 'uniformResourceIdentifier', value: 'spiffe://example/alice' },
    ],
    serialNumber: '0a1b2c',
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
  }).der,
)
export const { thumbprint } = alice
export const SUBJECT = 'CN=alice,O=Example\\, Inc.,C=NL'
export const ISSUER = 'CN=Issuing CA,C=NL'

/** A request of alice's with nothing against it, but for what is given. */
export const contextWith = (parts: Partial<MtlsContext> = {}): MtlsContext => ({
  identity: alice,
  evidence: 'certificate',
  verifiedBy: 'edge',
  problems: [],
  asserted: {},
  ...parts,
})

export const PROVEN = contextWith({ asserted: { presented: true, verified: true, revoked: false } })
export const PRESENTED = contextWith({
  verifiedBy: undefined,
  problems: ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
})
export const INFERRED = contextWith({ evidence: 'inferred', problems: ['ERR_MTLS_IDENTITY_INFERRED'] })
export const UNKNOWN = contextWith({
  identity: undefined,
  evidence: 'thumbprint',
  verifiedBy: undefined,
  problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'],
})
export const NOBODY = contextWith({ identity: undefined, evidence: 'none', verifiedBy: undefined })
