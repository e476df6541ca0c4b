import { decodeFirstUrlPem, decodeFurtherUrlPem, decodeUrlPem } from '../field/url-pem.js'
import { decodeValidity, MAX_VALIDITY_BYTES } from '../field/validity-text.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions, FieldEdgeSpec } from './field-edge-settings.js'

/** Names of the fields of `awsAlb()`; in passthrough mode there is the first one alone. */
export interface AwsAlbFields {
  /** Default: `X-Amzn-Mtls-Clientcert-Leaf`, in passthrough mode `X-Amzn-Mtls-Clientcert`. */
  readonly certificate: string
  /** Default: `X-Amzn-Mtls-Clientcert-Serial-Number`. */
  readonly serialNumber: string
  /** Default: `X-Amzn-Mtls-Clientcert-Issuer`. */
  readonly issuer: string
  /** Default: `X-Amzn-Mtls-Clientcert-Subject`. */
  readonly subject: string
  /** Default: `X-Amzn-Mtls-Clientcert-Validity`. */
  readonly validity: string
}

/** What is set up at the listener. */
export interface AwsAlbOptions extends FieldEdgeOptions<AwsAlbFields> {
  /** The listener's mode for client certificates. */
  readonly mode: 'passthrough' | 'verify'
}

const FIELD = 'X-Amzn-Mtls-Clientcert'
const unread = ['', '-Leaf', '-Serial-Number', '-Issuer', '-Subject', '-Validity'].map((suffix) =>
  (FIELD + suffix).toLowerCase(),
)

const PASSTHROUGH: FieldEdgeSpec = {
  name: 'awsAlb',
  certificate: { field: FIELD, maxBytes: MAX_CHAIN_BYTES, decode: decodeFirstUrlPem },
  decodeFurther: decodeFurtherUrlPem,
  unread,
}

const VERIFY: FieldEdgeSpec = {
  name: 'awsAlb',
  certificate: { field: `${FIELD}-Leaf`, maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeUrlPem },
  asserted: {
    serialNumber: { ...ASSERTED.serialNumber, field: `${FIELD}-Serial-Number` },
    issuer: { ...ASSERTED.issuer, field: `${FIELD}-Issuer` },
    subject: { ...ASSERTED.subject, field: `${FIELD}-Subject` },
    validity: { field: `${FIELD}-Validity`, maxBytes: MAX_VALIDITY_BYTES, decode: decodeValidity },
  },
  unread,
  // The listener sends these fields of certificates that it has verified, and refuses the handshake of others.
  conclude: (said, hasCertificate) => (hasCertificate ? { ...said, presented: true, verified: true } : said),
}

/**
 * An AWS Application Load Balancer with mutual TLS.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 * In passthrough mode nobody has verified the certificate: verify it at the origin.
 */
export const awsAlb = ({ mode, ...options }: AwsAlbOptions): Edge => {
  switch (mode) {
    case 'passthrough':
      return createFieldEdge(PASSTHROUGH, options)
    case 'verify':
      return createFieldEdge(VERIFY, options)
    default:
      throw new TypeError("mode must be 'passthrough' or 'verify'")
  }
}
