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
  #callers = 0

  private constructor(
    readonly redis: RedisServer,
    readonly processes: readonly Child[],
    private readonly edge: TestEdge,
    private readonly closers: (() => unknown)[],
  ) {}

  /** What Redis has written to disk, it has again after a restart. */
  static async open(mode: Mode): Promise<BalancedStage> {
    const redis = await startRedis({ isDurable: true })
    const started = await Promise.all(
      PROCESSES.map((name) => Child.start('origin-process.js', [mode, `${redis.port}`, name])),
    )
    const processes = started.map(([child]) => child)
    const balancer = await startRoundRobin(started.map(([, port]) => Number(port)))
    const edge = await createEdge({
      origin: balancer.url,
      clientCa: authority.certificate,
      forward: 'first-request',
      maxOriginConnections: 64,
      ...EDGES[mode],
    })
    const stopAll = (): unknown => Promise.all(processes.map((child) => child.stop()))
    return new BalancedStage(redis, processes, edge, [
      () => edge.close(),
      () => balancer.close(),
      stopAll,
      () => redis.close(),
    ])
  }

  /** A new client connection; over HTTP/1.1 and HTTP/2 in turn, unless it is said which. */
  connect({ isAnonymous = false, isHttp2 = this.#callers % 2 === 0 }: ConnectOptions = {}): Caller {
    const name = `client-${this.#callers++}`
    const certificate = isAnonymous ? undefined : authority.issue({ subject: { commonName: name } })
    const caller = new Caller(name, certificate, { edge: this.edge, isHttp2 })
    this.closers.unshift(() => {
      caller.close()
    })
    return caller
  }

  /** Resolves when Redis has so many keys. */
  async untilWritten(count: number): Promise<void> {
    const admin = await openAdmin(this.redis)
    while ((await admin.keys('mtls-identity:')).length < count);
    admin.close()
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close()
  }
}
