import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { encodeExtensions, type Profile } from './certificate-extensions.js'
import type { CertificateRequest } from './certificate-request.js'
import { encodeValue, integer, sequence, time } from './der-writer.js'
import { encodeName } from './distinguished-name.js'
import { resolveAlgorithm, resolveKey, signValue } from './signing-key.js'
import { thumbprintOf } from './thumbprint.js'

const HOUR_MS = 3_600_000
const DEFAULT_LIFETIME_MS = 30 * 24 * HOUR_MS

/** A certificate and its private key; `der` lies in an ArrayBuffer of its own. */
export interface MintedCertificate {
  /** PEM. */
  readonly certificate: string
  /** PKCS #8 in PEM. */
  readonly privateKey: string
  readonly der: Uint8Array
  /** SHA-256 of `der`, 64 lower-case hexadecimal digits. */
  readonly thumbprint: string
  /** PEM: this certificate, then the intermediate ones above it; the root is not among them. */
  readonly chain: string
}

/** Who signs: the Name in DER, the private key, and the PEM of the intermediate certificates to send along. */
export interface Issuer {
  readonly name: Uint8Array
  readonly key: KeyObject
  readonly chain: string
}

const spkiOf = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' })

const randomSerialNumber = (): string => {
  const octets = randomBytes(16)
  // Positive, and always 16 octets long: the first one is between 40 and 7f.
  octets.writeUInt8((octets.readUInt8(0) & 0x3f) | 0x40, 0)
  return octets.toString('hex')
}

const toPem = (der: Buffer): string => {
  const lines = der.toString('base64').replace(/.{64}(?!$)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

const encodeCertificate = (
  request: CertificateRequest & { readonly key: KeyObject },
  profile: Profile,
  issuer: Pick<Issuer, 'name' | 'key'>,
): Buffer => {
  const now = Date.now()
  const {
    serialNumber = randomSerialNumber(),
    notBefore = new Date(now - HOUR_MS),
    notAfter = new Date(now + DEFAULT_LIFETIME_MS),
  } = request
  const keys = { subject: spkiOf(request.key), issuer: spkiOf(issuer.key) }
  const tbsCertificate = sequence(
    encodeValue(0xa0, integer('02')),
    integer(serialNumber),
    resolveAlgorithm(issuer.key).identifier,
    issuer.name,
    sequence(time(notBefore), time(notAfter)),
    encodeName(request.subject),
    keys.subject,
    encodeValue(0xa3, encodeExtensions(request, profile, keys)),
  )
  return signValue(tbsCertificate, issuer.key)
}

/** Mints one certificate, signed by the issuer or, without one, by its own key. */
export function mintCertificate(
  request: CertificateRequest,
  profile: Profile,
  issuer?: Issuer,
): MintedCertificate {
  const key = resolveKey(request.key)
  const self = { name: encodeName(request.subject), key }
  const der = encodeCertificate({ ...request, key }, profile, issuer ?? self)
  const certificate = toPem(der)
  return {
    certificate,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    der: Uint8Array.from(der),
    thumbprint: thumbprintOf(der),
    chain: certificate + (issuer?.chain ?? ''),
  }
}
