import { systemClock, type Clock } from '../clock.js'
import { assertOptionNames, resolvePositiveInteger } from '../option-check.js'
import { certificateExpiring } from './channels.js'
import { Daily, DAY_MS } from './daily.js'
import type { RecognisedEvent } from './events.js'
import { onEvent } from './on-event.js'

export interface ExpiryOptions {
  /** Days before `notAfter` from which on a certificate is told of. Default: 30. */
  readonly withinDays?: number
}

/**
 * Publishes `mtls-identity:certificate-expiring` for certificates that requests show and that expire within
 * some days or have expired: each once on a day (UTC), again if the cache has forgotten it in between.
 * Certificates that are only inferred are not told of. Returns what ends it.
 */
export const watchExpiry = (options: ExpiryOptions = {}): (() => void) =>
  createExpiryWatch(options, systemClock)

/** `watchExpiry()` by another clock. */
export const createExpiryWatch = (options: ExpiryOptions, clock: Clock): (() => void) => {
  assertOptionNames(options, ['withinDays'], 'watchExpiry()')
  const withinMs = resolvePositiveInteger(options.withinDays, 30, 'withinDays') * DAY_MS
  const daily = new Daily()
  return onEvent('mtls-identity:recognised', ({ context }: RecognisedEvent) => {
    const { identity, evidence } = context
    if (identity === undefined || evidence === 'inferred') return
    const nowMs = clock.now()
    const leftMs = identity.notAfter.getTime() - nowMs
    if (leftMs > withinMs || !daily.isFirst(identity, nowMs)) return
    const daysLeft = Math.floor(leftMs / DAY_MS)
    certificateExpiring.publish(Object.freeze({ identity, context, daysLeft }))
  })
}
