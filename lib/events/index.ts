export type {
  AdmittedEvent,
  CertificateExpiringEvent,
  MtlsIdentityEventName,
  MtlsIdentityEvents,
  RecognisedEvent,
  RefusalEvent,
  RequestEvent,
  StoreCalledEvent,
  StoreFailedEvent,
  StoreRecoveredEvent,
} from './events.js'
export { onEvent } from './on-event.js'
export { watchExpiry } from './watch-expiry.js'
export type { ExpiryOptions } from './watch-expiry.js'
