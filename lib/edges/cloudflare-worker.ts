import { decodeByteSequence, decodeByteSequences } from '../field/byte-sequence.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import type { FieldSpec } from './edge-fields.js'
import { createFieldEdge } from './field-edge.js'
import type { ChainFieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `cloudflareWorker()`, each set from a property of `request.cf.tlsClientAuth`. */
export interface CloudflareWorkerFields {
  /** `certRFC9440`. Default: not read. */
  readonly certificate: string
  /** `certChainRFC9440`. Default: not read. */
  readonly chain: string
  /** `certFingerprintSHA256`, evidence without the certificate too. Default: not read. */
  readonly sha256: string
  /** `certPresented`. Default: not read. */
  readonly presented: string
  /** `certRevoked`. Default: not read. */
  readonly revoked: string
  /** `certVerified`. Default: `X-CERT-VERIFY`. */
  readonly verify: string
  /** `certSubjectDN`. Default: `X-CERT-SUBJECT-DN`. */
  readonly subject: string
  /** `certIssuerDN`. Default: `X-CERT-ISSUER-DN`. */
  readonly issuer: string
  /** `certSerial`. Default: `X-CERT-SERIAL`. */
  readonly serialNumber: string
  /** `certNotBefore`. Default: `X-CERT-NOTBE`. */
  readonly notBefore: string
  /** `certNotAfter`. Default: `X-CERT-NOTAF`. */
  readonly notAfter: string
}

/** What the Worker sends. */
export type CloudflareWorkerOptions = ChainFieldEdgeOptions<CloudflareWorkerFields>

/** A property that does not exist, such as `certVerify` in Cloudflare's sample, is sent as this word. */
const orUndefined = (spec: FieldSpec, field?: string): FieldSpec => ({
  ...spec,
  placeholder: 'undefined',
  ...(field !== undefined && { field }),
})

/**
 * A Cloudflare Worker that forwards what `request.cf.tlsClientAuth` says.
 * https://developers.cloudflare.com/ssl/client-certificates/forward-a-client-certificate/#cloudflare-workers
 * The documented sample sends no certificate, which makes no identity: what it says is in `asserted`. The
 * edge has verified the certificate where `verify` is `SUCCESS` and `revoked` is `0`, for a revoked one is a
 * `SUCCESS` too. `X-CERT-FINGER` is never read: it is SHA-1. Anybody's Worker can send these fields from
 * Cloudflare's networks, so `trust` must be given.
 */
export const cloudflareWorker = (options: CloudflareWorkerOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'cloudflareWorker',
      certificate: { maxBytes: MAX_CERTIFICATE_BYTES, placeholder: 'undefined', decode: decodeByteSequence },
      chain: { maxBytes: MAX_CHAIN_BYTES, placeholder: 'undefined', decode: decodeByteSequences },
      asserted: {
        sha256: orUndefined(ASSERTED.sha256),
        presented: orUndefined(ASSERTED.presentedBit),
        revoked: orUndefined(ASSERTED.revokedBit),
        verify: orUndefined(ASSERTED.verdict, 'X-CERT-VERIFY'),
        subject: orUndefined(ASSERTED.subject, 'X-CERT-SUBJECT-DN'),
        issuer: orUndefined(ASSERTED.issuer, 'X-CERT-ISSUER-DN'),
        serialNumber: orUndefined(ASSERTED.serialNumber, 'X-CERT-SERIAL'),
        notBefore: orUndefined(ASSERTED.notBefore, 'X-CERT-NOTBE'),
        notAfter: orUndefined(ASSERTED.notAfter, 'X-CERT-NOTAF'),
      },
      unread: ['x-cert-finger', 'x-cert-issuer-dn-l', 'x-cert-subject-dn-l'],
      isVerified: ({ verified, revoked }) => verified === true && revoked === false,
    },
    options,
  )
