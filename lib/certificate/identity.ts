import type { AdmittedCertificate } from './admit.js'
import type { ClientIdentity } from './client-identity.js'
import type { DistinguishedName } from './distinguished-name.js'
import { readFacts, type CertificateFacts } from './facts.js'
import type { GeneralName } from './general-name.js'
import { lazyX509, type CertificateSource } from './lazy-x509.js'
import { x5tS256Of } from './thumbprint.js'
import { fromCompactTime, toCompactTime, validityAt, type Validity } from './validity.js'
import { parseX509, type X509Certificate } from './x509.js'

/** What an identity has read from its bytes, until it is told to forget. */
interface Parsed {
  facts?: CertificateFacts
  certificate?: X509Certificate
  chain?: readonly X509Certificate[]
}

/** A `ClientIdentity` that keeps the bytes, and reads the rest when it is asked. */
export class CertificateIdentity implements ClientIdentity, CertificateSource {
  readonly thumbprint: string
  readonly #der: Uint8Array
  readonly #chain: readonly Uint8Array[]
  readonly #notBefore: number
  readonly #notAfter: number
  readonly #onParsed: (identity: CertificateIdentity) => void
  readonly #certificate: X509Certificate
  #parsed: Parsed | undefined

  /** `onParsed` is told when more than what was admitted is held in memory, until `forgetParsed()`. */
  constructor(admitted: AdmittedCertificate, onParsed: (identity: CertificateIdentity) => void) {
    this.thumbprint = admitted.thumbprint
    this.#der = admitted.der
    this.#chain = admitted.chain
    this.#notBefore = toCompactTime(admitted.notBefore)
    this.#notAfter = toCompactTime(admitted.notAfter)
    this.#onParsed = onParsed
    this.#certificate = lazyX509(this)
    if (admitted.certificate !== undefined) this.#held.certificate = admitted.certificate
    Object.freeze(this)
  }

  get certificate(): X509Certificate {
    return this.#certificate
  }

  /** The same, parsed now unless it is held in memory. */
  get parsed(): X509Certificate {
    return (this.#held.certificate ??= parseX509(this.#der))
  }

  get chain(): readonly X509Certificate[] {
    return (this.#held.chain ??= Object.freeze(this.#chain.map(parseX509)))
  }

  get x5tS256(): string {
    return x5tS256Of(this.thumbprint)
  }

  get spkiSha256(): string {
    return this.#facts.spkiSha256
  }

  get serialNumber(): string {
    return this.#facts.serialNumber
  }

  get subject(): DistinguishedName {
    return this.#facts.subject
  }

  get issuer(): DistinguishedName {
    return this.#facts.issuer
  }

  get subjectAltName(): readonly GeneralName[] {
    return this.#facts.subjectAltName
  }

  get spiffeId(): string | undefined {
    return this.#facts.spiffeId
  }

  get notBefore(): Date {
    return new Date(fromCompactTime(this.#notBefore))
  }

  get notAfter(): Date {
    return new Date(fromCompactTime(this.#notAfter))
  }

  get der(): Uint8Array {
    return Uint8Array.from(this.#der)
  }

  /** Whether the certificate is these bytes. */
  hasBytes(der: Uint8Array): boolean {
    return Buffer.compare(this.#der, der) === 0
  }

  /** Whether the validity period has begun and not ended at this time (milliseconds since 1970). */
  validityAt(timeMs: number): Validity {
    return validityAt(this.#notBefore, this.#notAfter, timeMs)
  }

  /** Frees what can be read from the bytes again. */
  forgetParsed(): void {
    this.#parsed = undefined
  }

  /** The facts as plain data, without the bytes and the parsed certificate. */
  toJSON(): Record<string, unknown> {
    const { thumbprint, serialNumber, subject, issuer, subjectAltName, spiffeId, notBefore, notAfter } = this
    return { thumbprint, serialNumber, subject, issuer, subjectAltName, spiffeId, notBefore, notAfter }
  }

  get #facts(): CertificateFacts {
    return (this.#held.facts ??= readFacts(this.#der))
  }

  get #held(): Parsed {
    if (this.#parsed === undefined) {
      this.#parsed = {}
      this.#onParsed(this)
    }
    return this.#parsed
  }
}
