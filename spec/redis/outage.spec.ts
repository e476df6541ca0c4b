import { createCertificateAuthority } from 'mtls-identity/testing'
import { KINDS, TRANSPORTS, type ClientKind, type OpenClient, type Transport } from './support/clients.js'
import { describeWithRedis, startBothKinds, type RedisServer } from './support/redis-server.js'
import { OwnTime } from './support/own-time.js'
import { SharingProcess } from './support/sharing-process.js'
import { timed } from './support/timed.js'
import { until } from './support/until.js'

const DEADLINE_MS = 100
/** What a busy machine may add to that. */
const GRACE_MS = 900
const BACK_WITHIN_MS = 1_000

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const stranger = authority.issue({ subject: { commonName: 'stranger' } })

/** Two processes that share a server through one kind of client. */
class Pair {
  #ids = 0

  constructor(
    readonly name: string,
    readonly server: RedisServer,
    readonly seeing: SharingProcess,
    readonly other: SharingProcess,
  ) {}

  /** Shows one of them client connections until the other knows one; resolves to when that was shown. */
  work(stopwatch?: OwnTime): Promise<number> {
    return until(async () => {
      const shownMs = stopwatch?.ms ?? 0
      const id = `id-${this.#ids++}`
      await this.seeing.see(alice, id)
      const { identity, problems } = await this.other.byConnection(id)
      if (identity === undefined) return undefined
      expect(problems).toEqual([])
      expect(identity.thumbprint).toBe(alice.thumbprint)
      return shownMs
    })
  }
}

describeWithRedis('redisStore()', () => {
  const opened: OpenClient[] = []
  let servers: readonly [standalone: RedisServer, cluster: RedisServer]
  const pairs: Pair[] = []
  let warnings: jest.SpyInstance

  const openPair = async ({ name, isCluster, open }: ClientKind, transport: Transport): Promise<Pair> => {
    const server = servers[isCluster ? 1 : 0]
    const start = async (): Promise<SharingProcess> => {
      const client = await open(server, transport)
      opened.push(client)
      return new SharingProcess({ client: client.client, prefix: name, storeTimeoutMs: DEADLINE_MS })
    }
    return new Pair(`${name} over ${transport}`, server, await start(), await start())
  }

  /** What holds for every kind of client, asked at the same time, by their names. */
  const each = async <T>(ask: (pair: Pair) => Promise<T>): Promise<Record<string, T>> =>
    Object.fromEntries(await Promise.all(pairs.map(async (pair) => [pair.name, await ask(pair)] as const)))

  const all = <T>(answer: T): Record<string, T> => Object.fromEntries(pairs.map(({ name }) => [name, answer]))

  beforeAll(async () => {
    warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
    servers = await startBothKinds()
    for (const kind of KINDS) for (const transport of TRANSPORTS) pairs.push(await openPair(kind, transport))
  }, 30_000)

  afterAll(async () => {
    for (const { close } of opened) close()
    for (const server of servers) await server.close()
    warnings.mockRestore()
  })

  describe.each<
    [what: string, fault: (server: RedisServer) => unknown, repair: (server: RedisServer) => unknown]
  >([
    ['is ended', (server) => server.stop('SIGTERM'), (server) => server.start()],
    ['is killed', (server) => server.stop('SIGKILL'), (server) => server.start()],
    [
      'hangs',
      (server) => {
        server.freeze()
      },
      (server) => {
        server.thaw()
      },
    ],
  ])('when the server %s', (_what, fault, repair) => {
    beforeAll(async () => {
      await each((pair) => pair.work())
      for (const server of servers) await fault(server)
    }, 40_000)

    it('says within the deadline that it cannot tell', async () => {
      const problems = await each(async ({ other }) => {
        const [byThumbprint, thumbprintMs] = await timed(() => other.byThumbprint(stranger))
        const [byConnection, connectionMs] = await timed(() => other.byConnection('unknown'))
        expect(thumbprintMs).toBeLessThan(DEADLINE_MS + GRACE_MS)
        expect(connectionMs).toBeLessThan(DEADLINE_MS + GRACE_MS)
        return [...byThumbprint.problems, ...byConnection.problems]
      })
      expect(problems).toEqual(all(['ERR_MTLS_STORE_UNAVAILABLE', 'ERR_MTLS_STORE_UNAVAILABLE']))
    })

    it('lets a guard answer 503', async () => {
      expect(await each(({ other }) => other.guard(stranger))).toEqual(all(503))
    })

    it('is not asked for whom a process knows', async () => {
      expect(await each(({ seeing }) => seeing.guard(alice))).toEqual(all(200))
    })

    it('works again within a second of its return', async () => {
      const returns = new Map(servers.map((server) => [server, repair(server)]))
      const stopwatch = new OwnTime()
      const times = await each(async (pair) => {
        await returns.get(pair.server)
        const returnedMs = stopwatch.ms
        return (await pair.work(stopwatch)) - returnedMs
      })
      stopwatch.stop()
      const late = Object.entries(times).filter(([, ms]) => ms > BACK_WITHIN_MS)
      expect(late).toEqual([])
    }, 40_000)
  })
})
