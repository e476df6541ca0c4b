import { assertOneSequence } from './certificate/der.js'
import type { CertificateIdentity } from './certificate/identity.js'
import { thumbprintOf } from './certificate/thumbprint.js'
import { CertificateTexts } from './continuity/certificate-texts.js'
import type { Certificates } from './continuity/certificates.js'
import type { Proof } from './continuity/continuity.js'
import type { Edge, EdgeStatement } from './edges/edge.js'
import { MtlsIdentityError } from './errors.js'

/** Proves by what is on a request which certificate it belongs to. */
export class Prover {
  readonly #edge: Edge
  readonly #certificates: Certificates
  readonly #texts = new CertificateTexts()

  constructor(edge: Edge, certificates: Certificates) {
    this.#edge = edge
    this.#certificates = certificates
  }

  /** What the request itself proves, checked. Throws a `MtlsIdentityError` for malformed or forged fields. */
  prove(statement: EdgeStatement): Proof | undefined {
    const { certificate, thumbprint, hashes } = statement
    if (certificate !== undefined) return this.#proveByCertificate(certificate, statement)
    if (thumbprint === undefined) return undefined
    assertAllEqual(hashes, thumbprint)
    return { evidence: 'thumbprint', thumbprint, identity: undefined }
  }

  #proveByCertificate(certificate: string, statement: EdgeStatement): Proof {
    const key = statement.hashes[0] ?? certificate
    const repeated = this.#texts.recall(key, certificate)
    const known = repeated === undefined ? undefined : this.#certificates.get(repeated)
    const identity = known ?? this.#read(certificate, statement)
    const { thumbprint } = identity
    assertAllEqual(statement.hashes, thumbprint)
    if (repeated === undefined) this.#texts.remember(key, certificate, thumbprint)
    return { evidence: 'certificate', thumbprint, identity }
  }

  #read(certificate: string, statement: EdgeStatement): CertificateIdentity {
    const der = this.#edge.decode(certificate)
    const [hash] = statement.hashes
    const named = hash === undefined ? undefined : this.#certificates.get(hash)
    // The bytes of a certificate that is known need no hash, for they are equal to what was hashed.
    return named?.hasBytes(der) === true ? named : this.#admit(der, statement)
  }

  #admit(der: Uint8Array, { chain, hashes }: EdgeStatement): CertificateIdentity {
    assertOneSequence(der)
    const thumbprint = thumbprintOf(der)
    assertAllEqual(hashes, thumbprint)
    const known = this.#certificates.get(thumbprint)
    if (known !== undefined) return known
    const intermediates = chain === undefined ? undefined : this.#edge.decodeChain?.(chain)
    return this.#certificates.admit(thumbprint, der, intermediates ?? [])
  }
}

/** Throws `ERR_MTLS_THUMBPRINT_MISMATCH` unless all that is said of the certificate is said of this one. */
export const assertAllEqual = (hashes: readonly string[], thumbprint: string): void => {
  for (const hash of hashes) {
    if (hash !== thumbprint) throw new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
  }
}
