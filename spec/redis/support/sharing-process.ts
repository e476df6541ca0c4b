import {
  connectionId,
  mtlsIdentity,
  requireIdentity,
  type MtlsContext,
  type MtlsIdentityMiddleware,
  type MtlsIdentityOptions,
} from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { redisStore, type RedisClient } from 'mtls-identity/redis'
import type { MintedCertificate } from 'mtls-identity/testing'
import { forwarded, transformed } from '../../support/cloudflare-fields.js'
import { fakeRequest } from '../../support/fake-request.js'
import type { FieldLines } from '../../support/raw-client.js'

type Minted = Pick<MintedCertificate, 'der' | 'thumbprint'>

export interface SharingOptions extends Pick<MtlsIdentityOptions, 'storeTimeoutMs' | 'wait'> {
  readonly client: RedisClient
  readonly prefix: string
}

const guard = requireIdentity()
/** Room is made at once; a spec makes many of these, and shows them few clients. */
const CACHE = { maxCertificates: 100, maxConnections: 100 }

const ask = (middleware: MtlsIdentityMiddleware, fields: FieldLines): Promise<MtlsContext> =>
  middleware.identify(fakeRequest({ fields }))

const idOf = (id: string): FieldLines => [['X-Connection-Id', id]]

/** What one of several processes with the same Redis knows: nothing but what it was shown itself. */
export class SharingProcess {
  readonly #byThumbprint: MtlsIdentityMiddleware
  readonly #byConnection: MtlsIdentityMiddleware

  constructor({ client, prefix, ...options }: SharingOptions) {
    const shared = { ...options, trust: 'loopback', cache: CACHE, store: redisStore(client, { prefix }) }
    this.#byThumbprint = mtlsIdentity({ ...shared, edge: cloudflare({ clientAuthHeaders: true }) })
    const continuity = connectionId('X-Connection-Id')
    this.#byConnection = mtlsIdentity({ ...shared, edge: cloudflare({ enforced: true }), continuity })
  }

  /** Is shown the first request of a client connection, which carries the certificate. */
  async see(client: Minted, id: string): Promise<void> {
    await ask(this.#byThumbprint, [...forwarded(client), ...transformed(client)])
    await ask(this.#byConnection, [...idOf(id), ...forwarded(client)])
  }

  /** A later request, with the SHA-256 of the certificate. */
  byThumbprint(client: Minted): Promise<MtlsContext> {
    return ask(this.#byThumbprint, transformed(client))
  }

  /** A later request, with the id of the client connection. */
  byConnection(id: string): Promise<MtlsContext> {
    return ask(this.#byConnection, idOf(id))
  }

  /** The status with which a guard answers a later request. */
  async guard(client: Minted): Promise<number> {
    const req = fakeRequest({ fields: transformed(client) })
    await this.#byThumbprint.identify(req)
    return guard.authorize(req).then(
      () => 200,
      (error: unknown) => (error as { status: number }).status,
    )
  }
}
