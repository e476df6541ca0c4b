import type { Clock } from '../clock.js'
import { storeCalled } from '../events/channels.js'
import type { StoreCalledEvent } from '../events/events.js'

/** Makes a call to the store, and tells whoever listens how it ended and how long it took. */
export const observeCall = <T>(
  operation: StoreCalledEvent['operation'],
  clock: Clock,
  call: () => Promise<T>,
): Promise<T> => {
  if (!storeCalled.hasSubscribers) return call()
  const startMs = clock.monotonicMs()
  const publish = (result: StoreCalledEvent['result']): void => {
    storeCalled.publish(Object.freeze({ operation, result, durationMs: clock.monotonicMs() - startMs }))
  }
  return call().then(
    (value) => {
      publish('ok')
      return value
    },
    (error: unknown) => {
      publish('failed')
      throw error
    },
  )
}
