import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../../lib/clock.js'
import { cloudflare } from '../../../lib/edges/index.js'
import { connectionId, type IdentityStore, type MtlsContext } from '../../../lib/index.js'
import { createMiddleware, type MtlsIdentityMiddleware } from '../../../lib/middleware.js'
import type { MtlsIdentityOptions } from '../../../lib/options.js'
import { createForge } from '../micro/certificates.js'
import { forwarded, transformed } from '../micro/traffic.js'
import type { FieldLines } from '../micro/wire.js'
import type { ClientRequest } from './client-connections.js'

export type ScaleEvidence = 'thumbprint' | 'connection'

/** Requests a second that all instances get together, by the clock of the simulation. */
const REQUESTS_PER_SECOND = 10_000
/** Origin connections of an edge to one instance. */
const ORIGIN_CONNECTIONS = 16

const OPTIONS: Readonly<Record<ScaleEvidence, MtlsIdentityOptions>> = {
  thumbprint: { edge: cloudflare({ clientAuthHeaders: true }) },
  connection: { edge: cloudflare({ enforced: true }), continuity: connectionId('X-Id') },
}

type Received = IncomingMessage & { readonly mtls: MtlsContext }

/** Instances of an origin behind edges that share their connections among all clients. */
export class Simulation {
  readonly #instances: readonly MtlsIdentityMiddleware[]
  readonly #sockets: readonly object[]
  readonly #forge = createForge('P-256')
  #requests = 0

  constructor(
    readonly evidence: ScaleEvidence,
    instances: number,
    store: IdentityStore | undefined,
  ) {
    const clock: Clock = {
      now: () => Date.now(),
      monotonicMs: () => (this.#requests * 1_000) / REQUESTS_PER_SECOND,
      // Nothing here is late.
      after: () => () => undefined,
    }
    // Waiting is for what is about to arrive; here everything arrives in order.
    const options = { ...OPTIONS[evidence], wait: { maxMs: 0 }, ...(store && { store }) }
    this.#instances = Array.from({ length: instances }, () => createMiddleware(options, clock))
    this.#sockets = Array.from({ length: ORIGIN_CONNECTIONS }, () => ({ remoteAddress: '173.245.48.7' }))
  }

  /** Sends a request to any instance. Whether it was recognised; throws if it was taken for somebody else's. */
  async send(request: ClientRequest, random: (bound: number) => number): Promise<boolean> {
    this.#requests++
    const certificate = this.#forge(request.certificate)
    const lines = [
      ...(this.evidence === 'thumbprint' ? transformed(certificate) : idOf(request.connection)),
      ...(request.isFirst ? forwarded(certificate) : []),
    ]
    const req = createRequest(lines, this.#sockets[random(ORIGIN_CONNECTIONS)] ?? {})
    await receive(this.#instances[random(this.#instances.length)], req)
    const { identity, problems } = req.mtls
    if (identity !== undefined && identity.thumbprint !== certificate.thumbprint) {
      throw new Error(`Connection ${request.connection} was taken for another's.`)
    }
    return identity !== undefined && problems.length === 0
  }
}

const idOf = (connection: number): FieldLines => [['X-Id', `0190b5f0-7e1c-7abc-8def-${connection}`]]

const createRequest = (lines: FieldLines, socket: object): Received => {
  const all: FieldLines = [['Host', 'api.example.com'], ...lines]
  const headers = Object.fromEntries(all.map(([name, value]) => [name.toLowerCase(), value]))
  return { headers, rawHeaders: all.flat(), socket } as unknown as Received
}

const RESPONSE = {} as unknown as ServerResponse

/** Hands a request to an instance, until it is handed on. */
const receive = async (instance: MtlsIdentityMiddleware | undefined, req: Received): Promise<void> =>
  new Promise((resolve, reject) => {
    instance?.(req, RESPONSE, (error?: unknown) => {
      if (error === undefined) resolve()
      else reject(new Error('A request was refused.', { cause: error }))
    })
  })
