import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { readTbsCertificate } from '../certificate/tbs-certificate.js'
import { sha256, thumbprintOf } from '../certificate/thumbprint.js'

/** The certificate with which a peer of the origin's own TLS server has identified itself. */
export interface PeerCertificate {
  readonly x509: X509Certificate
  /** SHA-256 of the DER, 64 lower-case hex digits. */
  readonly thumbprint: string
  /** SHA-256 of the SubjectPublicKeyInfo in base64. */
  readonly spkiSha256: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Milliseconds since 1970. */
  readonly notAfter: number
  /** Whether it was shown in an earlier connection, whose session this one goes on with. */
  readonly isResumed: boolean
}

/**
 * The certificate of a request's peer that the origin's TLS server has verified; `undefined` without one.
 * Over HTTP/2 `req.socket` reads through to the session's.
 */
export const peerCertificateOf = ({ socket }: IncomingMessage): PeerCertificate | undefined => {
  const tls = socket as Partial<TLSSocket>
  // A session resumed without a certificate can say `authorized` too: nodejs/node#35317.
  const x509 = tls.authorized === true ? tls.getPeerX509Certificate?.() : undefined
  if (x509 === undefined) return undefined
  return { x509, ...readFacts(x509.raw), isResumed: tls.isSessionReused?.() !== false }
}

const readFacts = (der: Uint8Array): Omit<PeerCertificate, 'x509' | 'isResumed'> => {
  const { subjectPublicKeyInfo, notBefore, notAfter } = readTbsCertificate(der)
  return {
    thumbprint: thumbprintOf(der),
    spkiSha256: sha256(subjectPublicKeyInfo.raw, 'base64'),
    notBefore,
    notAfter,
  }
}
