import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError, type MtlsIdentityErrorCode } from '../errors.js'
import { denied } from '../events/channels.js'

/** The error for a request that may not pass; tells whoever listens. */
export const deny = (request: IncomingMessage, code: MtlsIdentityErrorCode): MtlsIdentityError => {
  if (denied.hasSubscribers) denied.publish(Object.freeze({ request, code }))
  return new MtlsIdentityError(code)
}
