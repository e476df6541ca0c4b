import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from './raw-client.js'

export const DER_FIELD = 'Cf-Client-Cert-Der-Base64'
export const SHA256_FIELD = 'Cf-Client-Cert-Sha256'

type Minted = Pick<MintedCertificate, 'der' | 'thumbprint'>

export const base64Of = (der: Uint8Array): string => Buffer.from(der).toString('base64')

/** The pair of fields that certificate forwarding sends. */
export const forwarded = ({ der, thumbprint }: Minted): FieldLines => [
  [DER_FIELD, base64Of(der)],
  [SHA256_FIELD, thumbprint],
]

/** What the Managed Transform sends for a client with this certificate. */
export const transformed = ({ thumbprint }: Minted, revoked = 'false'): FieldLines => [
  ['Cf-Cert-Presented', 'true'],
  ['Cf-Cert-Verified', 'true'],
  ['Cf-Cert-Revoked', revoked],
  ['Cf-Cert-Sha256', thumbprint],
]

/** What it sends for a client without one. */
export const ANONYMOUS: FieldLines = [
  ['Cf-Cert-Presented', 'false'],
  ['Cf-Cert-Verified', 'false'],
  ['Cf-Cert-Revoked', 'false'],
]
