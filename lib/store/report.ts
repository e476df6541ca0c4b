import { storeFailed, storePoisoned, storeRecovered } from '../events/channels.js'
import type { Outages } from './circuit.js'
import { warnStorePoisoned, warnStoreUnavailable } from './warnings.js'

/** Says that the shared store failed, by a warning and to whoever listens, and to them when it is back. */
export const reportOutages: Outages = {
  begin(error) {
    warnStoreUnavailable()
    if (storeFailed.hasSubscribers) storeFailed.publish(Object.freeze({ error }))
  },
  end(outageMs) {
    if (storeRecovered.hasSubscribers) storeRecovered.publish(Object.freeze({ outageMs }))
  },
}

/** Says, by a warning and to whoever listens, that the shared store gave back what cannot be right. */
export const reportPoisoned = (): void => {
  warnStorePoisoned()
  if (storePoisoned.hasSubscribers) storePoisoned.publish(Object.freeze({}))
}
