import { decodeFirstBase64, decodeFurtherBase64 } from '../field/base64-list.js'
import { MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `traefik()`. */
export interface TraefikFields {
  /** The certificate and those above it, base64 separated by commas. Default: `X-Forwarded-Tls-Client-Cert`. */
  readonly certificate: string
}

/** What is set up at Traefik. */
export type TraefikOptions = FieldEdgeOptions<TraefikFields>

/**
 * Traefik's PassTLSClientCert with `pem: true`.
 * https://doc.traefik.io/traefik/middlewares/http/passtlsclientcert/
 * The field says nothing of verification, and of a client without a certificate Traefik leaves the client's
 * own field in place unless another middleware removes it: see `enforced`.
 */
export const traefik = (options: TraefikOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'traefik',
      certificate: {
        field: 'X-Forwarded-Tls-Client-Cert',
        maxBytes: MAX_CHAIN_BYTES,
        decode: decodeFirstBase64,
      },
      decodeFurther: decodeFurtherBase64,
      unread: ['x-forwarded-tls-client-cert-info'],
    },
    options,
  )
