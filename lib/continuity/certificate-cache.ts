import { LRUCache } from 'lru-cache'
import { admitCertificate } from '../certificate/admit.js'
import { CertificateIdentity } from '../certificate/identity.js'

/** How many identities may hold more in memory than their bytes (a parsed certificate is 8 to 14 KB). */
const MAX_PARSED = 1_000

/**
 * Certificates by thumbprint: content-addressed, so an entry is right for ever and says nothing about
 * trust. Holds at most `maxCertificates`, the least recently used one goes first.
 */
export class CertificateCache {
  readonly #identities: LRUCache<string, CertificateIdentity>
  readonly #parsed: LRUCache<CertificateIdentity, true>
  readonly #onParsed = (identity: CertificateIdentity): void => {
    this.#parsed.set(identity, true)
  }

  constructor(maxCertificates: number) {
    this.#identities = new LRUCache({ max: maxCertificates })
    this.#parsed = new LRUCache({
      max: Math.min(MAX_PARSED, maxCertificates),
      dispose: (_, identity) => {
        identity.forgetParsed()
      },
    })
  }

  get(thumbprint: string): CertificateIdentity | undefined {
    return this.#identities.get(thumbprint)
  }

  /** The identity with this thumbprint, admitted if it is new. Throws `ERR_MTLS_CERTIFICATE_INVALID`. */
  admit(thumbprint: string, der: Uint8Array, chain: readonly Uint8Array[] = []): CertificateIdentity {
    const known = this.#identities.get(thumbprint)
    if (known !== undefined) return known
    const identity = new CertificateIdentity(admitCertificate(der, thumbprint, chain), this.#onParsed)
    this.#identities.set(thumbprint, identity)
    return identity
  }
}
