import type { CertificateIdentity } from '../certificate/identity.js'
import type { Clock } from '../clock.js'
import type { MaybePromise } from '../maybe-promise.js'
import type { SharedFacts } from '../store/shared-facts.js'
import { admitArrival } from './admission.js'
import type { Arrivals } from './arrivals.js'
import { CertificateCache } from './certificate-cache.js'
import { Seeker } from './seeker.js'

export interface CertificatesOptions {
  readonly maxCertificates: number
  readonly clock: Clock
  readonly arrivals: Arrivals
  readonly shared: SharedFacts | undefined
}

/** The certificates that are known: in this process, in the shared store, or in a moment. */
export class Certificates {
  readonly #cache: CertificateCache
  readonly #seeker: Seeker<CertificateIdentity>
  readonly #shared: SharedFacts | undefined
  readonly #clock: Clock

  constructor({ maxCertificates, clock, arrivals, shared }: CertificatesOptions) {
    this.#cache = new CertificateCache(maxCertificates)
    this.#shared = shared
    this.#clock = clock
    this.#seeker = new Seeker({
      shared: shared && ((thumbprint) => this.#fetch(thumbprint, shared)),
      arrivals,
    })
  }

  /** Takes in a certificate that is new here. Throws `ERR_MTLS_CERTIFICATE_INVALID`. */
  admit(thumbprint: string, der: Uint8Array, chain: readonly Uint8Array[]): CertificateIdentity {
    const arrival = { thumbprint, der, chain, source: 'request' } as const
    const identity = admitArrival(this.#cache, this.#clock, arrival)
    this.#shared?.putCertificate(identity)
    this.#seeker.announce(thumbprint)
    return identity
  }

  /** The identity with this thumbprint, if it is known in this process. */
  get(thumbprint: string): CertificateIdentity | undefined {
    return this.#cache.get(thumbprint)
  }

  /** The identity with this thumbprint: a promise only where it must be asked or waited for. */
  find(thumbprint: string): MaybePromise<CertificateIdentity | undefined> {
    return this.#cache.get(thumbprint) ?? this.#seeker.seek(thumbprint, () => this.#cache.get(thumbprint))
  }

  async #fetch(thumbprint: string, shared: SharedFacts): Promise<CertificateIdentity | undefined> {
    const der = await shared.getCertificate(thumbprint)
    return der && admitArrival(this.#cache, this.#clock, { thumbprint, der, source: 'store' })
  }
}
