import type { IncomingMessage } from 'node:http'

/** What this project is there to replace: remembers the certificate by the socket on which it came. */
export class NaiveSocketCache {
  readonly #thumbprints = new WeakMap<object, string>()

  identify({ socket, headers }: IncomingMessage): string | undefined {
    const thumbprint = headers['cf-client-cert-sha256']
    if (headers['cf-client-cert-der-base64'] && typeof thumbprint === 'string') {
      this.#thumbprints.set(socket, thumbprint)
    }
    return this.#thumbprints.get(socket)
  }
}
