import type { IncomingMessage } from 'node:http'
import { poolingProven } from '../events/channels.js'

const MESSAGE =
  'A later request on an origin connection carried a certificate, or came from another client address: ' +
  'the edge does not keep one origin connection for each client connection. Clients are no longer ' +
  'recognised by their origin connection; a request that carries no evidence has no identity. Let the edge ' +
  'give evidence on every request: with Cloudflare\'s Managed Transform "Add TLS client auth headers" and ' +
  "cloudflare({ clientAuthHeaders: true }), or with an id of the client connection and continuity: connectionId('Field-Name')."

/** Says, by a warning and to whoever listens, that this request showed origin connections to be shared. */
export const reportPooling = (request: IncomingMessage): void => {
  process.emitWarning(MESSAGE, {
    type: 'MtlsIdentityWarning',
    code: 'MTLS_IDENTITY_POOLED_ORIGIN_CONNECTIONS',
  })
  if (poolingProven.hasSubscribers) poolingProven.publish(Object.freeze({ request }))
}
