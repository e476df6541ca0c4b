import { decodeBase64 } from '../field/base64.js'
import { decodeVerifyResult } from '../field/verify-result.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge, EdgeAssertions } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `haproxy()`, each set by an `http-request set-header` of a sample. */
export interface HaproxyFields {
  /** `%[ssl_c_der,base64]`. Default: `X-SSL-Client-Der`. */
  readonly certificate: string
  /** `%[ssl_c_der,sha2(256),hex]`, evidence without the certificate too. Default: not read. */
  readonly sha256: string
  /** `%[ssl_c_verify]`. Default: not read. */
  readonly verify: string
  /** `%[ssl_c_s_dn]`. Default: not read. */
  readonly subject: string
  /** `%[ssl_c_i_dn]`. Default: not read. */
  readonly issuer: string
  /** `%[ssl_c_serial,hex]`. Default: not read. */
  readonly serialNumber: string
}

/** What is set up at HAProxy. */
export type HaproxyOptions = FieldEdgeOptions<HaproxyFields>

const MAX_VERIFY_BYTES = 3

/**
 * HAProxy: https://docs.haproxy.org/2.6/configuration.html#7.3.4. What its configuration does not set a
 * client can, so only what is named here is read; `0` in `verify` beside a certificate or its hash counts
 * as verified by the edge.
 */
export const haproxy = (options: HaproxyOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'haproxy',
      certificate: { field: 'X-SSL-Client-Der', maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeBase64 },
      asserted: {
        sha256: ASSERTED.sha256,
        verify: { maxBytes: MAX_VERIFY_BYTES, decode: decodeVerifyResult },
        subject: ASSERTED.subject,
        issuer: ASSERTED.issuer,
        serialNumber: ASSERTED.serialNumber,
      },
      conclude: withoutVerdictOnNobody,
    },
    options,
  )

/** The verify result is 0 for a client without a certificate too, of whom there is nothing to verify. */
const withoutVerdictOnNobody = (said: EdgeAssertions, hasCertificate: boolean): EdgeAssertions => {
  const { verified, ...others } = said
  return verified === true && !hasCertificate && said.thumbprint === undefined ? others : said
}
