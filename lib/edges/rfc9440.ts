import { decodeByteSequence, decodeByteSequences } from '../field/byte-sequence.js'
import { MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { ChainFieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `rfc9440()`. */
export interface Rfc9440Fields {
  /** The certificate. Default: `Client-Cert`. */
  readonly certificate: string
  /** The certificates above it. Default: `Client-Cert-Chain`. */
  readonly chain: string
}

/** What is set up at the edge. */
export type Rfc9440Options = ChainFieldEdgeOptions<Rfc9440Fields>

/**
 * Any edge that speaks RFC 9440: https://www.rfc-editor.org/rfc/rfc9440. The fields say nothing of
 * verification, so that takes `enforced`, and Cloudflare's `cert_rfc9440` is sent for unverified
 * certificates too. Section 2.3 lets the chain be split over several lines; here a second line is refused,
 * for it is likelier to be somebody else's.
 */
export const rfc9440 = (options: Rfc9440Options = {}): Edge =>
  createFieldEdge(
    {
      name: 'rfc9440',
      certificate: { field: 'Client-Cert', maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeByteSequence },
      chain: { field: 'Client-Cert-Chain', maxBytes: MAX_CHAIN_BYTES, decode: decodeByteSequences },
    },
    options,
  )
