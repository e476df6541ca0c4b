import type { IncomingMessage } from 'node:http'
import { assertOptionNames } from '../option-check.js'
import { perConnection } from '../origin-connection.js'
import { resolvePins, type OriginPullPins, type Pin } from './origin-pull-pins.js'
import { peerCertificateOf, type PeerCertificate } from './peer-certificate.js'
import type { Trust } from './trust.js'

/** Which client certificate the edge shows to the origin: one pin is needed, one that fits is enough. */
export type OriginPullOptions = OriginPullPins

/** When the certificate of an origin connection makes its peer the edge, in milliseconds since 1970. */
type Validity = Pick<PeerCertificate, 'notBefore' | 'notAfter'>

const NEVER: Validity = { notBefore: Infinity, notAfter: -Infinity }

/**
 * Believes a peer that has shown the edge's own client certificate to the origin's TLS server, as Cloudflare
 * does with Authenticated Origin Pulls for a zone or a hostname. That server must have `requestCert: true` and
 * the issuer (or the certificate itself) in its `ca`; what it did not verify (`socket.authorized`) is not
 * believed, nor is a resumed session, which repeats a verdict of before: switch resumption off there with
 * `secureOptions: constants.SSL_OP_NO_TICKET`. Read once on each connection; the dates count on each request.
 *
 * Pin a certificate of your own. The one that Cloudflare provides (global Authenticated Origin Pulls) is
 * shared by all accounts: with it, or its authority, any customer of Cloudflare is the edge.
 * https://developers.cloudflare.com/ssl/origin-configuration/authenticated-origin-pull/set-up/zone-level/
 */
export const originPull = (options: OriginPullOptions): Trust => {
  assertOptionNames(options, ['thumbprints', 'spkiSha256', 'ca'], 'originPull()')
  const pins = resolvePins(options)
  const warnResumed = once(warnResumedSession)
  const validityOf = perConnection((req): Validity => {
    const peer = findPinned(req, pins)
    if (peer?.isResumed === true) warnResumed()
    if (peer === undefined || peer.isResumed) return NEVER
    return { notBefore: peer.notBefore, notAfter: peer.notAfter }
  })
  return {
    isEdge(req) {
      const { notBefore, notAfter } = validityOf(req)
      const now = Date.now()
      return notBefore <= now && now <= notAfter
    },
  }
}

const findPinned = (req: IncomingMessage, pins: readonly Pin[]): PeerCertificate | undefined => {
  try {
    const peer = peerCertificateOf(req)
    return peer !== undefined && pins.some((isEdge) => isEdge(peer)) ? peer : undefined
  } catch {
    // A certificate that cannot be read, or a signature that cannot be checked, is nobody's.
    return undefined
  }
}

const once = (run: () => void): (() => void) => {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}

const warnResumedSession = (): void => {
  process.emitWarning(
    'The edge has resumed a TLS session with the origin, and originPull() did not believe it: a resumed ' +
      'session repeats a verdict of before. Make every connection a full handshake: give the TLS server of ' +
      'the origin secureOptions: constants.SSL_OP_NO_TICKET (of node:crypto).',
    { type: 'MtlsIdentityWarning', code: 'MTLS_IDENTITY_RESUMED_ORIGIN_CONNECTION' },
  )
}
