import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'

const root = createCertificateAuthority()
const intermediate = root.issueAuthority()
export const alice = intermediate.issue({ subject: { commonName: 'alice' } })
export const bob = root.issue({ subject: { commonName: 'bob' } })
/** What alice's chain has above her. */
export const ISSUER = intermediate.der

type Der = Pick<MintedCertificate, 'der'>

export const base64 = ({ der }: Der): string => Buffer.from(der).toString('base64')
export const byteSequence = (minted: Der): string => `:${base64(minted)}:`

/** As AWS writes it: `+`, `/` and `=` stand for themselves. */
export const awsPem = (pem: string): string => pem.replaceAll(' ', '%20').replaceAll('\n', '%0A')

/** As nginx and Envoy write it: everything is encoded. */
export const urlPem = (pem: string): string => encodeURIComponent(pem)

/** As Apache writes it into a field: with spaces for line breaks. */
export const spacedPem = (pem: string): string => pem.trim().replaceAll('\n', ' ')

export const colons = (hex: string): string => hex.toUpperCase().replaceAll(/..(?=.)/g, '$&:')
export const base64Sha256 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')
