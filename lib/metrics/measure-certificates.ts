import type { ClientIdentity } from '../certificate/client-identity.js'
import type { Clock } from '../clock.js'
import type { MtlsContext } from '../context.js'
import type { MtlsIdentityErrorCode } from '../errors.js'
import { Daily } from '../events/daily.js'
import { onEvent } from '../events/on-event.js'
import type { Measure } from './instruments.js'

/** Measures what certificates cost, and how long those in use are still valid. Returns what ends it. */
export const measureCertificates = (measure: Measure, clock: Clock): (() => void)[] => {
  const fresh = new WeakSet<ClientIdentity>()
  const daily = new Daily()

  const measureExpiry = ({ identity, verifiedBy }: MtlsContext): void => {
    const nowMs = clock.now()
    if (identity === undefined || !daily.isFirst(identity, nowMs)) return
    // A histogram of OpenTelemetry drops what is below 0.
    const leftMs = Math.max(0, identity.notAfter.getTime() - nowMs)
    measure('timeToExpiry', leftMs / 1_000, { verified_by: verifiedBy ?? 'none' })
  }

  return [
    onEvent('mtls-identity:admitted', ({ identity, source, durationMs }) => {
      fresh.add(identity)
      measure('parseDuration', durationMs / 1_000, { source })
    }),
    onEvent('mtls-identity:recognised', ({ context }) => {
      const { identity, problems } = context
      if (identity !== undefined)
        measure('cacheLookups', 1, { result: fresh.delete(identity) ? 'miss' : 'hit' })
      else if (problems.some(isMiss)) measure('cacheLookups', 1, { result: 'miss' })
      measureExpiry(context)
    }),
  ]
}

const isMiss = (problem: MtlsIdentityErrorCode): boolean =>
  problem === 'ERR_MTLS_CERTIFICATE_UNKNOWN' || problem === 'ERR_MTLS_STORE_UNAVAILABLE'
