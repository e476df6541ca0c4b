import type { IncomingMessage } from 'node:http'
import { assertOneSequence } from './certificate/der.js'
import type { CertificateIdentity } from './certificate/identity.js'
import { thumbprintOf } from './certificate/thumbprint.js'
import type { MtlsContext } from './context.js'
import type { Certificates } from './continuity/certificates.js'
import { LastCertificates } from './continuity/last-certificates.js'
import type { Edge, EdgeStatement } from './edges/edge.js'
import { MtlsIdentityError } from './errors.js'

/** A thumbprint, and what makes it this request's. */
export interface Claim {
  readonly evidence: Exclude<MtlsContext['evidence'], 'none'>
  readonly thumbprint: string
  /** The identity of the certificate on this request. */
  readonly identity?: CertificateIdentity
}

/** Proves by what is on a request which certificate it belongs to. */
export class Prover {
  readonly #edge: Edge
  readonly #certificates: Certificates
  readonly #lastCertificates = new LastCertificates()

  constructor(edge: Edge, certificates: Certificates) {
    this.#edge = edge
    this.#certificates = certificates
  }

  /** What the request itself proves, checked. Throws a `MtlsIdentityError` for malformed or forged fields. */
  prove(req: IncomingMessage, statement: EdgeStatement): Claim | undefined {
    const { certificate, thumbprint, hashes } = statement
    if (certificate !== undefined) return this.#proveByCertificate(req, certificate, statement)
    if (thumbprint === undefined) return undefined
    assertAllEqual(hashes, thumbprint)
    return { evidence: 'thumbprint', thumbprint }
  }

  #proveByCertificate(req: IncomingMessage, certificate: string, statement: EdgeStatement): Claim {
    const thumbprint = this.#lastCertificates.thumbprintOf(req, certificate)
    const identity = thumbprint && this.#certificates.get(thumbprint)
    if (!identity) return this.#admit(req, certificate, statement)
    assertAllEqual(statement.hashes, identity.thumbprint)
    return { evidence: 'certificate', thumbprint: identity.thumbprint, identity }
  }

  #admit(req: IncomingMessage, certificate: string, { chain, hashes }: EdgeStatement): Claim {
    const der = this.#edge.decode(certificate)
    assertOneSequence(der)
    const thumbprint = thumbprintOf(der)
    assertAllEqual(hashes, thumbprint)
    const intermediates = (): readonly Uint8Array[] =>
      chain === undefined ? [] : (this.#edge.decodeChain?.(chain) ?? [])
    const identity =
      this.#certificates.get(thumbprint) ?? this.#certificates.admit(thumbprint, der, intermediates())
    this.#lastCertificates.remember(req, certificate, thumbprint)
    return { evidence: 'certificate', thumbprint, identity }
  }
}

/** Throws `ERR_MTLS_THUMBPRINT_MISMATCH` unless all that is said of the certificate is said of this one. */
export const assertAllEqual = (hashes: readonly string[], thumbprint: string): void => {
  for (const hash of hashes) {
    if (hash !== thumbprint) throw new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
  }
}
