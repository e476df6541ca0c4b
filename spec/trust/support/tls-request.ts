import { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { MintedCertificate } from 'mtls-identity/testing'
import { fakeRequest } from '../../support/fake-request.js'

/** A verified connection with this certificate, in a full handshake, as the origin's TLS server sees it. */
export const tlsSocket = ({ der }: Pick<MintedCertificate, 'der'>): object => ({
  authorized: true,
  getPeerX509Certificate: () => new X509Certificate(der),
  isSessionReused: () => false,
})

export const tlsRequest = (certificate: Pick<MintedCertificate, 'der'>): IncomingMessage =>
  fakeRequest({ socket: tlsSocket(certificate) })
