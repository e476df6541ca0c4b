import { decodeSpacedPem } from '../field/spaced-pem.js'
import { decodeVerdict, type Verdict } from '../field/verdict.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import type { FieldSpec } from './edge-fields.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `apache()`, each set by a `RequestHeader set` of one of mod_ssl's variables. */
export interface ApacheFields {
  /** `"%{SSL_CLIENT_CERT}s"`. Default: `X-SSL-Client-Cert`. */
  readonly certificate: string
  /** `"%{SSL_CLIENT_VERIFY}s"`. Default: not read. */
  readonly verify: string
  /** `"%{SSL_CLIENT_S_DN}s"`. Default: not read. */
  readonly subject: string
  /** `"%{SSL_CLIENT_I_DN}s"`. Default: not read. */
  readonly issuer: string
  /** `"%{SSL_CLIENT_M_SERIAL}s"`. Default: not read. */
  readonly serialNumber: string
  /** `"%{SSL_CLIENT_V_START}s"`. Default: not read. */
  readonly notBefore: string
  /** `"%{SSL_CLIENT_V_END}s"`. Default: not read. */
  readonly notAfter: string
}

/** What is set up at Apache. */
export type ApacheOptions = FieldEdgeOptions<ApacheFields>

/**
 * Apache HTTP Server with mod_ssl and mod_headers: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#envvars.
 * What its configuration does not set a client can, so only what is named here is read; `SUCCESS` in `verify`
 * counts as verified by the edge, and `GENEROUS` (of `optional_no_ca`) does not. A variable without a value
 * comes as `(null)`, which is taken for nothing.
 */
export const apache = (options: ApacheOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'apache',
      certificate: {
        field: 'X-SSL-Client-Cert',
        maxBytes: MAX_CERTIFICATE_BYTES,
        placeholder: '(null)',
        decode: decodeSpacedPem,
      },
      asserted: {
        verify: orNull({ ...ASSERTED.verdict, decode: decodeApacheVerdict }),
        subject: orNull(ASSERTED.subject),
        issuer: orNull(ASSERTED.issuer),
        serialNumber: orNull(ASSERTED.serialNumber),
        notBefore: orNull(ASSERTED.notBefore),
        notAfter: orNull(ASSERTED.notAfter),
      },
    },
    options,
  )

const orNull = (spec: FieldSpec): FieldSpec => ({ ...spec, placeholder: '(null)' })

const decodeApacheVerdict = (text: string): Verdict =>
  text === 'GENEROUS' ? { presented: true, verified: false } : decodeVerdict(text)
