import type { IncomingMessage } from 'node:http'
import { originConnection } from '../origin-connection.js'

interface LastCertificate {
  readonly text: string
  readonly thumbprint: string
}

/**
 * The certificate that came last on each origin connection, as text. An edge that sends the certificate with
 * every request sends the same text again, and equal text needs no decoding and hashing: a fact about
 * text, whoever it is from.
 */
export class LastCertificates {
  readonly #last = new WeakMap<object, LastCertificate>()

  /** The thumbprint of this text, if it is the one that came last on the request's origin connection. */
  thumbprintOf(req: IncomingMessage, text: string): string | undefined {
    const last = this.#last.get(originConnection(req))
    return last?.text === text ? last.thumbprint : undefined
  }

  remember(req: IncomingMessage, text: string, thumbprint: string): void {
    this.#last.set(originConnection(req), { text, thumbprint })
  }
}
