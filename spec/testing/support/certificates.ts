import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'

export const authority = createCertificateAuthority()
export const alice = authority.issue({ subject: { commonName: 'alice' } })
export const bob = authority.issue({ subject: { commonName: 'bob' } })
/** What anyone can make: nobody vouches for it. */
export const mallory = createSelfSigned({ subject: { commonName: 'alice' } })
