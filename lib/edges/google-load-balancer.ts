import { decodeBase64 } from '../field/base64.js'
import { decodeByteSequence, decodeByteSequences } from '../field/byte-sequence.js'
import { decodeRfc3339Time } from '../field/rfc3339-time.js'
import { decodeSha256Base64, MAX_SHA256_BASE64_BYTES } from '../field/sha256-base64.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { ChainFieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `googleLoadBalancer()`, each a custom header of one of Google's variables. */
export interface GoogleLoadBalancerFields {
  /** `{client_cert_leaf}`. Default: `X-Client-Cert-Leaf`. */
  readonly certificate: string
  /** `{client_cert_chain}`. Default: `X-Client-Cert-Chain`. */
  readonly chain: string
  /** `{client_cert_present}`. Default: not read. */
  readonly presented: string
  /** `{client_cert_chain_verified}`. Default: not read. */
  readonly verified: string
  /** `{client_cert_sha256_fingerprint}`, evidence without the certificate too. Default: not read. */
  readonly sha256: string
  /** `{client_cert_spiffe_id}`. Default: not read. */
  readonly spiffeId: string
  /** `{client_cert_uri_sans}`. Default: not read. */
  readonly uris: string
  /** `{client_cert_dnsname_sans}`. Default: not read. */
  readonly dnsNames: string
  /** `{client_cert_valid_not_before}`. Default: not read. */
  readonly notBefore: string
  /** `{client_cert_valid_not_after}`. Default: not read. */
  readonly notAfter: string
}

/** What is set up at Google. */
export type GoogleLoadBalancerOptions = ChainFieldEdgeOptions<GoogleLoadBalancerFields>

const MAX_SPIFFE_ID_BYTES = 2_048
const MAX_NAMES_BYTES = 2_048
const MAX_TIME_BYTES = 25

const decodeNames = (text: string): readonly string[] =>
  text.split(',').map((name) => decodeBase64(name).toString())

/**
 * A Google Cloud Application Load Balancer with mTLS custom headers.
 * https://cloud.google.com/load-balancing/docs/https/custom-headers
 * It overwrites only what is set up there, so only what is named here is read. It does not look at
 * revocation. Serial number and names are not read: read them from the certificate.
 */
export const googleLoadBalancer = (options: GoogleLoadBalancerOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'googleLoadBalancer',
      certificate: {
        field: 'X-Client-Cert-Leaf',
        maxBytes: MAX_CERTIFICATE_BYTES,
        decode: decodeByteSequence,
      },
      chain: { field: 'X-Client-Cert-Chain', maxBytes: MAX_CHAIN_BYTES, decode: decodeByteSequences },
      asserted: {
        presented: ASSERTED.presentedWord,
        verified: ASSERTED.verifiedWord,
        sha256: {
          maxBytes: MAX_SHA256_BASE64_BYTES,
          decode: (text) => ({ thumbprint: decodeSha256Base64(text) }),
        },
        spiffeId: { maxBytes: MAX_SPIFFE_ID_BYTES, decode: (text) => ({ spiffeId: text }) },
        uris: { maxBytes: MAX_NAMES_BYTES, decode: (text) => ({ uris: decodeNames(text) }) },
        dnsNames: { maxBytes: MAX_NAMES_BYTES, decode: (text) => ({ dnsNames: decodeNames(text) }) },
        notBefore: { maxBytes: MAX_TIME_BYTES, decode: (text) => ({ notBefore: decodeRfc3339Time(text) }) },
        notAfter: { maxBytes: MAX_TIME_BYTES, decode: (text) => ({ notAfter: decodeRfc3339Time(text) }) },
      },
    },
    options,
  )
