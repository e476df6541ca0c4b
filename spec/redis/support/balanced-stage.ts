import {
  createCertificateAuthority,
  createEdge,
  type EdgeOptions,
  type TestEdge,
} from 'mtls-identity/testing'
import { openAdmin } from './admin.js'
import { Caller } from './caller.js'
import { Child } from './child.js'
import { startRedis, type RedisServer } from './redis-server.js'
import { startRoundRobin } from './round-robin.js'
import { untilTrue } from './until.js'

/** How the origin processes know later requests of a client. */
export type Mode = 'thumbprint' | 'connection'

const EDGES: Readonly<Record<Mode, Partial<EdgeOptions>>> = {
  thumbprint: { clientAuthHeaders: true },
  connection: { connectionIdField: 'X-Connection-Id' },
}

export const PROCESSES = ['0', '1', '2', '3'] as const

interface ConnectOptions {
  readonly isAnonymous?: boolean
  readonly isHttp2?: boolean
}

const authority = createCertificateAuthority()

/** Four origin processes that share one Redis, behind an edge that takes them in turns. */
export class BalancedStage {
  readonly processes: Child[] = []
  #edge!: TestEdge
  #callers = 0
  readonly #closers: (() => unknown)[] = []

  private constructor(
    private readonly mode: Mode,
    readonly redis: RedisServer,
  ) {
    this.#closers.push(() => redis.close())
  }

  /** What Redis has written to disk, it has again after a restart. */
  static async open(mode: Mode): Promise<BalancedStage> {
    const stage = new BalancedStage(mode, await startRedis({ isDurable: true }))
    try {
      await stage.#openEdge(await stage.#startProcesses())
      return stage
    } catch (error) {
      await stage.close()
      throw error
    }
  }

  /** A new client connection; over HTTP/1.1 and HTTP/2 in turn, unless it is said which. */
  connect({ isAnonymous = false, isHttp2 = this.#callers % 2 === 0 }: ConnectOptions = {}): Caller {
    const name = `client-${this.#callers++}`
    const certificate = isAnonymous ? undefined : authority.issue({ subject: { commonName: name } })
    const caller = new Caller(name, certificate, { edge: this.#edge, isHttp2 })
    this.#closers.push(() => {
      caller.close()
    })
    return caller
  }

  /** Resolves when Redis has what this many clients with certificates have shown. */
  async untilKnown(clients: number): Promise<void> {
    const keys = this.mode === 'connection' ? 2 * clients : clients
    const admin = await openAdmin(this.redis)
    await untilTrue(async () => (await admin.keys('mtls-identity:')).length === keys)
    admin.close()
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close()
  }

  /** Resolves to the ports of the processes. */
  async #startProcesses(): Promise<number[]> {
    const start = async (name: string): Promise<number> => {
      const [child, port] = await Child.start('origin-process.js', [this.mode, `${this.redis.port}`, name])
      this.#closers.push(() => child.stop())
      this.processes.push(child)
      return Number(port)
    }
    return Promise.all(PROCESSES.map(start))
  }

  async #openEdge(ports: readonly number[]): Promise<void> {
    const balancer = await startRoundRobin(ports)
    this.#closers.push(() => balancer.close())
    const edge = await createEdge({
      origin: balancer.url,
      clientCa: authority.certificate,
      forward: 'first-request',
      maxOriginConnections: 64,
      ...EDGES[this.mode],
    })
    this.#closers.push(() => edge.close())
    this.#edge = edge
  }
}
