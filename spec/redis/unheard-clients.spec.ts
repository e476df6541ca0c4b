import { Child } from './support/child.js'
import { describeWithRedis, startBothKinds, type RedisServer } from './support/redis-server.js'
import { untilTrue } from './support/until.js'

const NAMES = [
  'redis createClient',
  'redis createCluster',
  'ioredis Redis',
  'ioredis Cluster',
  'iovalkey Redis',
  'iovalkey Cluster',
]

const all = (answer: string): unknown => Object.fromEntries(NAMES.map((name) => [name, answer]))
const AWAY = all('ERR_MTLS_STORE_UNAVAILABLE')
const THERE = all('ERR_MTLS_CERTIFICATE_UNKNOWN')

describeWithRedis('redisStore() with a client made without options and error listener', () => {
  let servers: readonly RedisServer[]
  let child: Child

  /** Asks until every client says so. */
  const untilAll = async (wanted: unknown): Promise<void> => {
    await untilTrue(async () => JSON.stringify(await child.ask('What is known?')) === JSON.stringify(wanted))
  }

  beforeAll(async () => {
    servers = await startBothKinds()
    const ports = servers.map(({ port }) => `${port}`)
    ;[child] = await Child.start('unheard-clients.js', ports)
    await untilAll(THERE)
  }, 60_000)

  afterAll(async () => {
    await child.stop()
    for (const server of servers) await server.close()
  })

  it('does not let the process end with the server, and works again with it', async () => {
    for (const server of servers) await server.stop()
    await untilAll(AWAY)
    for (const server of servers) await server.start()
    await untilAll(THERE)
    expect(child.isAlive).toBe(true)
    expect(child.stderr).not.toMatch(/error|at .*:\d/i)
  }, 60_000)
})
