import { createPrivateKey } from 'node:crypto'
import type { AuthorityRequest, CertificateRequest } from './certificate-request.js'
import { encodeName } from './distinguished-name.js'
import { type Issuer, mintCertificate, type MintedCertificate } from './minted-certificate.js'

/** A certificate authority in memory: its certificate, its key, and what it signs. */
export interface CertificateAuthority extends MintedCertificate {
  /** An end-entity certificate, for client authentication unless the request says otherwise. */
  issue: (request: CertificateRequest) => MintedCertificate
  /** An intermediate authority, whose certificate goes into the `chain` of what it issues. */
  issueAuthority: (request?: AuthorityRequest) => CertificateAuthority
}

const mintAuthority = (request: AuthorityRequest, issuer?: Issuer): CertificateAuthority => {
  const subject = request.subject ?? { commonName: issuer === undefined ? 'Test CA' : 'Test Intermediate CA' }
  const minted = mintCertificate({ ...request, subject }, 'authority', issuer)
  const self: Issuer = {
    name: encodeName(subject),
    key: createPrivateKey(minted.privateKey),
    chain: issuer === undefined ? '' : minted.chain,
  }
  return {
    ...minted,
    issue: (wanted) => mintCertificate(wanted, 'end-entity', self),
    issueAuthority: (wanted = {}) => mintAuthority(wanted, self),
  }
}

/** A root authority, self-signed, made anew on each call: trust its `certificate` and nothing else does. */
export function createCertificateAuthority(options: AuthorityRequest = {}): CertificateAuthority {
  return mintAuthority(options)
}
