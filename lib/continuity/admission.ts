import type { CertificateIdentity } from '../certificate/identity.js'
import type { Clock } from '../clock.js'
import { admitted } from '../events/channels.js'
import type { AdmittedEvent } from '../events/events.js'
import type { CertificateCache } from './certificate-cache.js'

/** A certificate that this process may not have seen before. */
export interface Arrival {
  readonly thumbprint: string
  readonly der: Uint8Array
  readonly chain?: readonly Uint8Array[]
  readonly source: AdmittedEvent['source']
}

/** Admits a certificate to the cache, and tells whoever listens of one that is new. */
export const admitArrival = (
  cache: CertificateCache,
  clock: Clock,
  arrival: Arrival,
): CertificateIdentity => {
  const { thumbprint, der, chain, source } = arrival
  if (!admitted.hasSubscribers || cache.get(thumbprint) !== undefined)
    return cache.admit(thumbprint, der, chain)
  const startMs = clock.monotonicMs()
  const identity = cache.admit(thumbprint, der, chain)
  admitted.publish(Object.freeze({ identity, source, durationMs: clock.monotonicMs() - startMs }))
  return identity
}
