import type { CertificateRequest } from './certificate-request.js'
import { mintCertificate, type MintedCertificate } from './minted-certificate.js'

/** An end-entity certificate that nobody but its own key vouches for, as anyone can make one. */
export function createSelfSigned(request: CertificateRequest): MintedCertificate {
  return mintCertificate(request, 'end-entity')
}
