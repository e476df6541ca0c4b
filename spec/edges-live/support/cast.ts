import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'

/** Somebody who calls; anonymous without a certificate. The common name of the certificate is the name. */
export interface Caller {
  readonly name: string
  readonly certificate?: MintedCertificate
}

const CALLERS = 30

export const authority = createCertificateAuthority()

export const mintCaller = (name: string): Caller & { certificate: MintedCertificate } => ({
  name,
  certificate: authority.issue({ subject: { commonName: name } }),
})

/** Thirty callers, every third one anonymous. */
export const EVERYBODY: readonly Caller[] = Array.from({ length: CALLERS }, (_, index) =>
  index % 3 === 2 ? { name: `anonymous-${index}` } : mintCaller(`caller-${index}`),
)
