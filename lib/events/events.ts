import type { IncomingMessage } from 'node:http'
import type { ClientIdentity } from '../certificate/client-identity.js'
import type { MtlsContext } from '../context.js'
import type { MtlsIdentityErrorCode } from '../errors.js'

/** A request from the edge that was not refused, with or without a certificate; `request.mtls` is attached. */
export interface RecognisedEvent {
  readonly request: IncomingMessage
  readonly context: MtlsContext
}

/** Something about one request. From a peer that is not the edge, the edge's fields are already gone. */
export interface RequestEvent {
  readonly request: IncomingMessage
}

/** A request that was refused or denied, and the error's code. */
export interface RefusalEvent extends RequestEvent {
  readonly code: MtlsIdentityErrorCode
}

/** A certificate that was new to this process, and how long checking and parsing it took. */
export interface AdmittedEvent {
  readonly identity: ClientIdentity
  /** Whether a request brought it, or the shared store had it. */
  readonly source: 'request' | 'store'
  readonly durationMs: number
}

/** A certificate that a request showed and that expires soon, or has expired. */
export interface CertificateExpiringEvent {
  readonly identity: ClientIdentity
  /** Of the request that showed it: `problems` says whether anybody has verified it. */
  readonly context: MtlsContext
  /** Whole days until `notAfter`; negative from then on. */
  readonly daysLeft: number
}

/** A call to the shared store that has ended. */
export interface StoreCalledEvent {
  readonly operation: 'get' | 'set'
  readonly result: 'ok' | 'failed'
  readonly durationMs: number
}

/** The first failure of the shared store after it worked. */
export interface StoreFailedEvent {
  /** What the store rejected with, as it is; a `MtlsIdentityError` if it did not answer in time. */
  readonly error: unknown
}

/** The first success of the shared store after it failed. */
export interface StoreRecoveredEvent {
  readonly outageMs: number
}

/** Every event by the name of its channel, with what subscribers are given: frozen, with live members. */
export interface MtlsIdentityEvents {
  'mtls-identity:recognised': RecognisedEvent
  'mtls-identity:refused': RefusalEvent
  'mtls-identity:untrusted-peer': RequestEvent
  'mtls-identity:thumbprint-mismatch': RequestEvent
  'mtls-identity:denied': RefusalEvent
  'mtls-identity:admitted': AdmittedEvent
  'mtls-identity:certificate-expiring': CertificateExpiringEvent
  'mtls-identity:pooling-proven': RequestEvent
  'mtls-identity:store-called': StoreCalledEvent
  'mtls-identity:store-failed': StoreFailedEvent
  'mtls-identity:store-recovered': StoreRecoveredEvent
  'mtls-identity:store-poisoned': Readonly<Record<string, never>>
}

export type MtlsIdentityEventName = keyof MtlsIdentityEvents
