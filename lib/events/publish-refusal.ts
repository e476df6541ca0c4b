import type { IncomingMessage } from 'node:http'
import type { MtlsIdentityErrorCode } from '../errors.js'
import { refused, thumbprintMismatch } from './channels.js'

/** Tells whoever listens that a request was refused, and of a mismatch by an event of its own as well. */
export const publishRefusal = (request: IncomingMessage, code: MtlsIdentityErrorCode): void => {
  if (refused.hasSubscribers) refused.publish(Object.freeze({ request, code }))
  if (code === 'ERR_MTLS_THUMBPRINT_MISMATCH' && thumbprintMismatch.hasSubscribers)
    thumbprintMismatch.publish(Object.freeze({ request }))
}
