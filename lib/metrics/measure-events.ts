import type { Clock } from '../clock.js'
import type { Measure } from './instruments.js'
import { measureCertificates } from './measure-certificates.js'
import { measureRequests } from './measure-requests.js'
import { measureStore } from './measure-store.js'

/** Measures every event of this process. Returns what ends it. */
export const measureEvents = (measure: Measure, clock: Clock): (() => void) => {
  const stops = [
    ...measureRequests(measure),
    ...measureCertificates(measure, clock),
    ...measureStore(measure),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
