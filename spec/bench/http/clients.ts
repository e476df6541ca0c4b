import type { Options } from 'autocannon'
import { createCertificateAuthority } from '../../../lib/testing/index.js'
import { createForge } from '../micro/certificates.js'
import { createClients, forwarded } from '../micro/traffic.js'
import { USUAL_LINES, type FieldLines } from '../micro/wire.js'
import type { ServerKeys } from './server-kinds.js'
import type { Trial } from './trials.js'

export type Load = Pick<Options, 'requests' | 'tlsOptions'>

const headersOf = (lines: FieldLines): Record<string, string> =>
  Object.fromEntries([...USUAL_LINES, ...lines].filter(([name]) => name !== 'Host'))

/** Clients that have certificates. */
export class BenchClients {
  readonly #clients = createClients(createForge('P-256'))
  readonly #authority = createCertificateAuthority()

  /** For a server that they trust, and that asks them for a certificate. */
  createServerKeys(): ServerKeys {
    const subject = { commonName: '127.0.0.1' }
    const { privateKey, certificate } = this.#authority.issue({ subject, extendedKeyUsage: ['serverAuth'] })
    return { key: privateKey, cert: certificate, ca: this.#authority.certificate }
  }

  /** Lets a server see the certificates. */
  async introduce(url: string, { linesOf }: Trial): Promise<void> {
    for (const client of this.#clients) {
      const headers = headersOf([...linesOf(client), ...forwarded(client)])
      const { ok, status } = await fetch(url, { headers })
      if (!ok) throw new Error(`A certificate was not taken: ${status}`)
    }
  }

  /** Their later requests. */
  createLoad({ name, linesOf }: Trial): Load {
    const requests = this.#clients.map((client) => ({ headers: headersOf(linesOf(client)) }))
    if (name !== 'native') return { requests }
    const { privateKey, certificate } = this.#authority.issue({ subject: { commonName: 'device-0815' } })
    return { requests, tlsOptions: { cert: certificate, key: privateKey, rejectUnauthorized: false } }
  }
}
