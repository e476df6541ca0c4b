import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createCertificateAuthority, createEdge, type TestEdge } from 'mtls-identity/testing'
import type { Origin } from '../support/origin.js'
import { connectHttp1, type Answer } from '../testing/support/clients.js'
import { openAdmin } from './support/admin.js'
import { Output } from './support/output.js'
import { describeWithRedis, HOST, startRedis, type RedisServer } from './support/redis-server.js'
import { startRoundRobin } from './support/round-robin.js'
import { untilTrue } from './support/until.js'

const FOLDER = join(__dirname, '../../examples/redis')
const [ACL = ''] = /^ACL SETUSER .*$/m.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8')) ?? []
const authority = createCertificateAuthority()

/** The example in a process of its own. */
interface Example {
  readonly child: ChildProcess
  readonly port: number
  readonly stderr: Output
}

const startExample = async ({ port }: RedisServer): Promise<Example> => {
  const child = spawn(process.execPath, [join(FOLDER, 'origin.js')], {
    env: { ...process.env, PORT: '0', REDIS_URL: `redis://origin:secret@${HOST}:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout = new Output(child.stdout)
  const stderr = new Output(child.stderr)
  await stdout.waitFor(/^http:/)
  return { child, port: Number(new URL(stdout.text).port), stderr }
}

describeWithRedis('examples/redis', () => {
  let redis: RedisServer
  let examples: Example[]
  let balancer: Origin
  let edge: TestEdge

  /** As the README says. */
  const allowOrigin = async (): Promise<void> => {
    const admin = await openAdmin(redis)
    await admin.run(ACL)
    admin.close()
  }

  /** The answers to the first requests of a new client, each by another process. */
  const callWithNewClient = async (path: string): Promise<Answer[]> => {
    const client = connectHttp1(edge, authority.issue({ subject: { commonName: 'alice' } }))
    const answers = [await client.send({ path }), await client.send({ path })]
    client.close()
    return answers
  }

  /** Until Redis is connected, and on a busy machine, one process does not know what the other has seen. */
  const untilBothAnswer = async (path: string, bodies: readonly object[]): Promise<void> => {
    await untilTrue(async () => {
      const answers = await callWithNewClient(path)
      return isDeepStrictEqual(
        answers.map(({ body }) => JSON.parse(body) as unknown),
        bodies,
      )
    })
  }

  beforeAll(async () => {
    redis = await startRedis()
    await allowOrigin()
    examples = await Promise.all([startExample(redis), startExample(redis)])
    balancer = await startRoundRobin(examples.map(({ port }) => port))
    const { certificate: clientCa } = authority
    edge = await createEdge({ origin: balancer.url, clientCa, clientAuthHeaders: true })
  }, 30_000)

  afterAll(async () => {
    await edge.close()
    await balancer.close()
    for (const { child } of examples) {
      const exited = once(child, 'exit')
      if (child.kill()) await exited
    }
    await redis.close()
  })

  it('knows at one process whom another has seen, as a user who may do no more than it must', async () => {
    const subject = 'CN=alice'
    await untilBothAnswer('/admin', [{ welcome: subject }, { welcome: subject }])
    await untilBothAnswer('/', [
      { subject, evidence: 'certificate' },
      { subject, evidence: 'thumbprint' },
    ])
  }, 60_000)

  it('answers 503 while Redis is away, says so once, and goes on when it is back', async () => {
    await redis.stop()
    const [first, second] = await callWithNewClient('/admin')
    expect(first?.status).toBe(200)
    expect(second?.status).toBe(503)
    expect(second?.headers['retry-after']).toBe('1')
    expect(JSON.parse(second?.body ?? '')).toEqual({ code: 'ERR_MTLS_STORE_UNAVAILABLE' })
    await redis.start()
    await allowOrigin()
    await untilBothAnswer('/admin', [{ welcome: 'CN=alice' }, { welcome: 'CN=alice' }])
    for (const { stderr } of examples) {
      await stderr.waitFor(/^Redis is back\.$/)
      const said = stderr.text.match(/^Redis is \w+/gm) ?? []
      expect(said.filter((line, index) => line === said[index - 1])).toEqual([])
    }
  }, 60_000)
})
