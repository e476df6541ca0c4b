import { createCertificateAuthority } from './certificate-authority.js'
import type { EdgeCertificate } from './edge-options.js'

/** A certificate for an edge on this machine, from an authority made for it alone. */
export function createEdgeCertificate(): EdgeCertificate {
  const authority = createCertificateAuthority({ subject: { commonName: 'Test Edge CA' } })
  const { certificate, privateKey } = authority.issue({
    subject: { commonName: 'localhost' },
    subjectAltName: [
      { type: 'dNSName', value: 'localhost' },
      { type: 'iPAddress', value: '127.0.0.1' },
    ],
    extendedKeyUsage: ['serverAuth'],
  })
  return { certificate, privateKey, ca: authority.certificate }
}
