import { decodeBase64 } from '../field/base64.js'
import { decodeDecimalSerialNumber, MAX_SERIAL_NUMBER_BYTES } from '../field/serial-number-text.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `caddy()`, each set by a `header_up` of one of Caddy's placeholders. */
export interface CaddyFields {
  /** `{http.request.tls.client.certificate_der_base64}`. Default: `X-Client-Cert`. */
  readonly certificate: string
  /** `{http.request.tls.client.fingerprint}`, evidence without the certificate too. Default: not read. */
  readonly sha256: string
  /** `{http.request.tls.client.subject}`. Default: not read. */
  readonly subject: string
  /** `{http.request.tls.client.issuer}`. Default: not read. */
  readonly issuer: string
  /** `{http.request.tls.client.serial}`. Default: not read. */
  readonly serialNumber: string
}

/** What is set up at Caddy. */
export type CaddyOptions = FieldEdgeOptions<CaddyFields>

/**
 * Caddy: https://caddyserver.com/docs/json/apps/http/#docs. What its configuration does not set a client
 * can, so only what is named here is read. Of a client without a certificate it forwards the placeholder
 * itself, which then is no certificate; any other text that is none is refused. It says nothing of
 * verification: see `enforced`.
 */
export const caddy = (options: CaddyOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'caddy',
      certificate: {
        field: 'X-Client-Cert',
        maxBytes: MAX_CERTIFICATE_BYTES,
        placeholder: placeholder('certificate_der_base64'),
        decode: decodeBase64,
      },
      asserted: {
        sha256: { ...ASSERTED.sha256, placeholder: placeholder('fingerprint') },
        subject: { ...ASSERTED.subject, placeholder: placeholder('subject') },
        issuer: { ...ASSERTED.issuer, placeholder: placeholder('issuer') },
        serialNumber: {
          maxBytes: MAX_SERIAL_NUMBER_BYTES,
          placeholder: placeholder('serial'),
          decode: (text) => ({ serialNumber: decodeDecimalSerialNumber(text) }),
        },
      },
    },
    options,
  )

const placeholder = (name: string): string => `{http.request.tls.client.${name}}`
