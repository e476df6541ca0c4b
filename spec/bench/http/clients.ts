import type { Options } from 'autocannon'
import { createCertificateAuthority } from '../../../lib/testing/index.js'
import { createForge } from '../micro/certificates.js'
import { createClients, forwarded, identified, transformed, type Client } from '../micro/traffic.js'
import { USUAL_LINES, type FieldLines } from '../micro/wire.js'
import type { ServerKeys, ServerKind } from './servers.js'

export type Load = Pick<Options, 'requests' | 'tlsOptions'>

/** What a client sends with its later requests, to every server the same. */
const laterLines = (client: Client): FieldLines => [
  ...USUAL_LINES,
  ...transformed(client),
  ...identified(client),
]

const headersOf = (lines: FieldLines): Record<string, string> =>
  Object.fromEntries(lines.filter(([name]) => name !== 'Host'))

/** Clients that have certificates. */
export class BenchClients {
  readonly #clients = createClients(createForge('P-256'))
  readonly #authority = createCertificateAuthority()
  readonly #load: Load = {
    requests: this.#clients.map((client) => ({ headers: headersOf(laterLines(client)) })),
  }

  /** For a server that they trust, and that asks them for a certificate. */
  createServerKeys(): ServerKeys {
    const subject = { commonName: '127.0.0.1' }
    const { privateKey, certificate } = this.#authority.issue({ subject, extendedKeyUsage: ['serverAuth'] })
    return { key: privateKey, cert: certificate, ca: this.#authority.certificate }
  }

  /** Lets a server see the certificates. */
  async introduce(url: string): Promise<void> {
    for (const client of this.#clients) {
      const headers = headersOf([...laterLines(client), ...forwarded(client)])
      const { ok, status } = await fetch(url, { headers })
      if (!ok) throw new Error(`A certificate was not taken: ${status}`)
    }
  }

  /** Their later requests. */
  createLoad(kind: ServerKind): Load {
    if (kind !== 'native') return this.#load
    const { privateKey, certificate } = this.#authority.issue({ subject: { commonName: 'device-0815' } })
    return {
      ...this.#load,
      tlsOptions: { cert: certificate, key: privateKey, rejectUnauthorized: false },
    }
  }
}
