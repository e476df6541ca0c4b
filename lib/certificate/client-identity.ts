import type { DistinguishedName } from './distinguished-name.js'
import type { GeneralName } from './general-name.js'
import type { X509Certificate } from './x509.js'

/**
 * The facts read from one certificate: frozen, and shared by every request that has it. Everything can
 * be read any number of times with the same answer. Says nothing about who signed the certificate or
 * whether it is valid now: that is `MtlsContext.problems`.
 */
export interface ClientIdentity {
  /** The certificate as @peculiar/x509 reads it, always the same object; parsed when something is asked of it. */
  readonly certificate: X509Certificate
  /** The intermediate certificates that came with it; they never change who the client is. */
  readonly chain: readonly X509Certificate[]
  /** SHA-256 of the DER, 64 lower-case hex digits. */
  readonly thumbprint: string
  /** The `x5t#S256` of RFC 7515 and RFC 8705: the same in base64url without padding. */
  readonly x5tS256: string
  /** SHA-256 of the SubjectPublicKeyInfo in base64 (a pin of RFC 7469). */
  readonly spkiSha256: string
  /** Upper-case hex without colons. */
  readonly serialNumber: string
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** The names of the subjectAltName extension in order. Compare type and value. */
  readonly subjectAltName: readonly GeneralName[]
  /** The SPIFFE id, if the certificate's one URI name is one. */
  readonly spiffeId: string | undefined
  readonly notBefore: Date
  readonly notAfter: Date
  /** A copy of the DER, new on every read. */
  readonly der: Uint8Array
}
