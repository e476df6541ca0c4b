import { onEvent } from '../events/on-event.js'
import type { Measure } from './instruments.js'

/** Measures the calls to the shared store and its outages. Returns what ends it. */
export const measureStore = (measure: Measure): (() => void)[] => [
  onEvent('mtls-identity:store-called', ({ operation, result, durationMs }) => {
    measure('storeCallDuration', durationMs / 1_000, { operation, result })
  }),
  onEvent('mtls-identity:store-failed', () => {
    measure('storeOutages', 1, {})
  }),
  onEvent('mtls-identity:store-recovered', () => {
    measure('storeRecoveries', 1, {})
  }),
  onEvent('mtls-identity:store-poisoned', () => {
    measure('storePoisonings', 1, {})
  }),
]
