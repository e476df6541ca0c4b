import { ANONYMOUS, DER_FIELD, forwarded, SHA256_FIELD } from '../../support/cloudflare-fields.js'
import type { FieldLines } from '../../support/raw-client.js'
import type { Certificate } from './certificates.js'

export type Fields = FieldLines

export const CLIENT_ADDRESS_FIELD = 'Cf-Connecting-Ip'

/** What a client's own copies are taken away of where the edge strips. */
export const PAIR: readonly string[] = [DER_FIELD, SHA256_FIELD]

const PAIRS = new WeakMap<Certificate, Fields>()

/** The certificate and its hash, as certificate forwarding sends them. */
export const forwardedFields = (certificate: Certificate): Fields => {
  const known = PAIRS.get(certificate)
  if (known !== undefined) return known
  const pair = forwarded(certificate)
  PAIRS.set(certificate, pair)
  return pair
}

/** What the Managed Transform says of a client: of one without a certificate it leaves the rest alone. */
export const transformFields = (
  certificate: Certificate | undefined,
  status: 'valid' | 'unverified' | 'revoked',
): Fields => {
  if (certificate === undefined) return ANONYMOUS
  return [
    ['Cf-Cert-Presented', 'true'],
    ['Cf-Cert-Verified', String(status !== 'unverified')],
    ['Cf-Cert-Revoked', String(status === 'revoked')],
    ['Cf-Cert-Sha256', certificate.thumbprint],
  ]
}

/** The value of a field, as the origin reads it. */
export const valueOf = (fields: Fields, name: string): string | undefined =>
  fields.find(([field]) => field === name)?.[1]
