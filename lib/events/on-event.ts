import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EVENT_NAMES } from './channels.js'
import type { MtlsIdentityEventName, MtlsIdentityEvents } from './events.js'

/**
 * Calls a listener for every event of this name in this process, with its types; otherwise the same as
 * `subscribe()` of `node:diagnostics_channel`. Returns what ends it. Throws a `TypeError` for a name that is
 * no event. What a listener throws never reaches a request: Node makes an uncaught exception of it.
 */
export const onEvent = <N extends MtlsIdentityEventName>(
  name: N,
  listener: (event: MtlsIdentityEvents[N]) => void,
): (() => void) => {
  if (!EVENT_NAMES.includes(name))
    throw new TypeError(`There is no event '${name}'; the events are ${EVENT_NAMES.join(', ')}`)
  const onMessage = (message: unknown): void => {
    listener(message as MtlsIdentityEvents[N])
  }
  subscribe(name, onMessage)
  return () => {
    unsubscribe(name, onMessage)
  }
}
