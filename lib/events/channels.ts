import { channel } from 'node:diagnostics_channel'
import type { MtlsIdentityEventName, MtlsIdentityEvents } from './events.js'

/**
 * A channel of `node:diagnostics_channel`. Ask `hasSubscribers` before a payload is built: where nobody
 * listens that is all that an event costs.
 */
export interface EventChannel<T> {
  readonly name: string | symbol
  readonly hasSubscribers: boolean
  publish(payload: T): void
}

const eventChannel = <N extends MtlsIdentityEventName>(name: N): EventChannel<MtlsIdentityEvents[N]> =>
  channel(name)

export const recognised = eventChannel('mtls-identity:recognised')
export const refused = eventChannel('mtls-identity:refused')
export const untrustedPeer = eventChannel('mtls-identity:untrusted-peer')
export const thumbprintMismatch = eventChannel('mtls-identity:thumbprint-mismatch')
export const denied = eventChannel('mtls-identity:denied')
export const admitted = eventChannel('mtls-identity:admitted')
export const certificateExpiring = eventChannel('mtls-identity:certificate-expiring')
export const poolingProven = eventChannel('mtls-identity:pooling-proven')
export const storeCalled = eventChannel('mtls-identity:store-called')
export const storeFailed = eventChannel('mtls-identity:store-failed')
export const storeRecovered = eventChannel('mtls-identity:store-recovered')
export const storePoisoned = eventChannel('mtls-identity:store-poisoned')

/** The name of every channel. */
export const EVENT_NAMES: readonly (string | symbol)[] = [
  recognised,
  refused,
  untrustedPeer,
  thumbprintMismatch,
  denied,
  admitted,
  certificateExpiring,
  poolingProven,
  storeCalled,
  storeFailed,
  storeRecovered,
  storePoisoned,
].map(({ name }) => name)
