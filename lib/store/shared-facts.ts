import type { CertificateIdentity } from '../certificate/identity.js'
import { sha256, thumbprintOf } from '../certificate/thumbprint.js'
import type { Clock } from '../clock.js'
import type { IdentityStore } from './identity-store.js'
import { reportPoisoned } from './report.js'
import { SharedStore, type SharedStoreOptions } from './shared-store.js'

const SHA256_BYTES = 32
const DAY_MS = 86_400_000

/**
 * What processes tell each other through the store: certificates by their thumbprint, and the thumbprints of
 * client connections. Certificates are hashed again when they come back, so the store cannot lie about
 * them. Nothing is kept there for longer than a day, or than the certificate is valid.
 */
export class SharedFacts {
  constructor(
    readonly store: SharedStore,
    readonly clock: Clock,
  ) {}

  putCertificate({ thumbprint, der, notAfter }: CertificateIdentity): void {
    this.#put(certificateKey(thumbprint), der, notAfter)
  }

  async getCertificate(thumbprint: string): Promise<Uint8Array | undefined> {
    const der = await this.store.get(certificateKey(thumbprint))
    return orPoisoned(der, (value) => thumbprintOf(value) === thumbprint)
  }

  putConnection(key: string, { thumbprint, notAfter }: CertificateIdentity): void {
    this.#put(connectionKey(key), Buffer.from(thumbprint, 'hex'), notAfter)
  }

  /** The thumbprint of a client connection. */
  async getConnection(key: string): Promise<string | undefined> {
    const bytes = await this.store.get(connectionKey(key))
    const value = orPoisoned(bytes, ({ length }) => length === SHA256_BYTES)
    return value && Buffer.from(value).toString('hex')
  }

  #put(key: string, value: Uint8Array, notAfter: Date): void {
    const ttlMs = Math.min(DAY_MS, notAfter.getTime() - this.clock.now())
    if (ttlMs > 0) this.store.put(key, value, ttlMs)
  }
}

const certificateKey = (thumbprint: string): string => `certificate:${thumbprint}`

/** A hash, for an id may be worth stealing. */
const connectionKey = (key: string): string => `connection:${sha256(Buffer.from(key), 'hex')}`

const orPoisoned = (
  value: Uint8Array | undefined,
  isSound: (value: Uint8Array) => boolean,
): Uint8Array | undefined => {
  if (value === undefined || isSound(value)) return value
  reportPoisoned()
  return undefined
}

/** `undefined` without a store. */
export const createSharedFacts = (
  store: IdentityStore | undefined,
  options: Omit<SharedStoreOptions, 'store'>,
): SharedFacts | undefined => store && new SharedFacts(new SharedStore({ store, ...options }), options.clock)
