import { decodeUrlPem } from '../field/url-pem.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `nginx()`, each set by a `proxy_set_header` of one of nginx's variables. */
export interface NginxFields {
  /** `$ssl_client_escaped_cert`. Default: `X-SSL-Client-Cert`. */
  readonly certificate: string
  /** `$ssl_client_verify`. Default: not read. */
  readonly verify: string
  /** The SHA-256 of the certificate, which takes njs; evidence without the certificate too. Default: not read. */
  readonly sha256: string
  /** `$ssl_client_s_dn`. Default: not read. */
  readonly subject: string
  /** `$ssl_client_i_dn`. Default: not read. */
  readonly issuer: string
  /** `$ssl_client_serial`. Default: not read. */
  readonly serialNumber: string
  /** `$ssl_client_v_start`. Default: not read. */
  readonly notBefore: string
  /** `$ssl_client_v_end`. Default: not read. */
  readonly notAfter: string
}

/** What is set up at nginx. */
export type NginxOptions = FieldEdgeOptions<NginxFields>

/**
 * nginx: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#variables. What its configuration does not
 * set a client can, so only what is named here is read; `SUCCESS` in `verify` counts as verified by the
 * edge. `$ssl_client_fingerprint` is never read: it is SHA-1.
 */
export const nginx = (options: NginxOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'nginx',
      certificate: { field: 'X-SSL-Client-Cert', maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeUrlPem },
      asserted: {
        verify: ASSERTED.verdict,
        sha256: ASSERTED.sha256,
        subject: ASSERTED.subject,
        issuer: ASSERTED.issuer,
        serialNumber: ASSERTED.serialNumber,
        notBefore: ASSERTED.notBefore,
        notAfter: ASSERTED.notAfter,
      },
    },
    options,
  )
