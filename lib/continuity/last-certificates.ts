import type { IncomingMessage } from 'node:http'
import { perConnection } from '../origin-connection.js'

/** The certificate that came last on an origin connection. */
export interface LastCertificate {
  text: string
  thumbprint: string
}

/**
 * The certificate that came last on each origin connection, as text. An edge that sends the certificate with
 * every request sends the same text again, and equal text needs no decoding and hashing: a fact about
 * text, whoever it is from. Before the first one both are empty.
 */
export const lastCertificates = (): ((req: IncomingMessage) => LastCertificate) =>
  perConnection(() => ({ text: '', thumbprint: '' }))
