import { X509Certificate, type KeyObject } from 'node:crypto'
import { decodeBase64 } from '../field/base64.js'
import { decodeSha256Text } from '../field/sha256-text.js'
import type { PeerCertificate } from './peer-certificate.js'

export interface OriginPullPins {
  /** SHA-256 of certificates: hexadecimal in either case, with or without colons. */
  readonly thumbprints?: string | readonly string[]
  /** SHA-256 of public keys (SubjectPublicKeyInfo) in base64: stays when a certificate is renewed for its key. */
  readonly spkiSha256?: string | readonly string[]
  /**
   * Authorities, in PEM, each of which issues certificates, directly, to nobody but the edge. Not Cloudflare's
   * own origin pull authority: what it issued is the same for every customer.
   */
  readonly ca?: Pem | readonly Pem[]
}

type Pem = string | Uint8Array
/** Whether a certificate is the edge's. */
export type Pin = (peer: PeerCertificate) => boolean

/** The pins of `originPull()`. None at all, or one that is not understood, is a `TypeError`. */
export const resolvePins = (pins: OriginPullPins): readonly Pin[] => {
  const resolved: readonly Pin[] = [
    ...listOf(pins.thumbprints).map(pinThumbprint),
    ...listOf(pins.spkiSha256).map(pinPublicKey),
    ...listOf(pins.ca).flatMap(readAuthorities).map(pinAuthority),
  ]
  if (resolved.length > 0) return resolved
  throw new TypeError(
    'originPull() must be given thumbprints, spkiSha256 or ca: which certificate is the edge?',
  )
}

const listOf = (option: unknown): unknown[] => {
  if (option === undefined) return []
  return Array.isArray(option) ? option : [option]
}

const pinThumbprint = (text: unknown): Pin => {
  const pinned = decodeOption(decodeSha256Text, text, 'thumbprints must be SHA-256 hashes of 64 hex digits')
  return ({ thumbprint }) => thumbprint === pinned
}

const pinPublicKey = (text: unknown): Pin => {
  const expected = 'spkiSha256 must be SHA-256 hashes in base64, 44 characters'
  const pinned = decodeOption(decodeBase64, text, expected)
  if (pinned.length !== 32) throw new TypeError(expected)
  return ({ spkiSha256 }) => spkiSha256 === text
}

const pinAuthority =
  ({ x509: authority, publicKey }: Authority): Pin =>
  ({ x509 }) =>
    x509.checkIssued(authority) && x509.verify(publicKey)

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const CA_EXPECTED = 'ca must be certificates of authorities in PEM'

interface Authority {
  readonly x509: X509Certificate
  readonly publicKey: KeyObject
}

/** Every certificate of a PEM text, of which OpenSSL itself would read the first alone. */
const readAuthorities = (pem: unknown): Authority[] => {
  const text = pem instanceof Uint8Array ? Buffer.from(pem).toString('latin1') : String(pem)
  const blocks = text.match(PEM_CERTIFICATE)
  if (blocks === null) throw new TypeError(CA_EXPECTED)
  return blocks.map((block) => decodeOption(readAuthority, block, CA_EXPECTED))
}

const readAuthority = (pem: string): Authority => {
  const x509 = new X509Certificate(pem)
  // A certificate that may not issue any is one to be pinned by its thumbprint.
  if (!x509.ca) throw new TypeError(CA_EXPECTED)
  return { x509, publicKey: x509.publicKey }
}

const decodeOption = <T>(decode: (text: string) => T, text: unknown, expected: string): T => {
  if (typeof text !== 'string') throw new TypeError(expected)
  try {
    return decode(text)
  } catch {
    throw new TypeError(expected)
  }
}
