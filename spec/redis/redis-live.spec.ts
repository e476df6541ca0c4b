import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import { base64Of } from '../support/cloudflare-fields.js'
import { openAdmin, type Admin } from './support/admin.js'
import { KINDS, TRANSPORTS, type OpenClient } from './support/clients.js'
import { describeWithRedis, startBothKinds, type RedisServer } from './support/redis-server.js'
import { SharingProcess } from './support/sharing-process.js'
import { untilTrue } from './support/until.js'

// A machine that is busy with other specs.
jest.setTimeout(30_000)

const MINUTE_MS = 60_000
const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const ID = 'an-id-that-is-worth-stealing'
const ROWS = KINDS.flatMap((kind) => TRANSPORTS.map((transport) => [kind.name, transport, kind] as const))

describeWithRedis('redisStore() with a real server', () => {
  let servers: readonly [standalone: RedisServer, cluster: RedisServer]

  beforeAll(async () => {
    servers = await startBothKinds()
  }, 30_000)

  afterAll(async () => {
    for (const server of servers) await server.close()
  })

  describe.each(ROWS)('through %s over %s', (name, transport, { isCluster, open }) => {
    const prefix = `${name} over ${transport}:`
    const certificateKey = `${prefix}certificate:${alice.thumbprint}`
    let clients: readonly [OpenClient, OpenClient]
    let admin: Admin
    let seeing: SharingProcess
    let other: SharingProcess
    let warnings: jest.SpyInstance

    // A deadline that a busy machine keeps: what a late answer is taken for is shown elsewhere.
    const start = ({ client }: OpenClient): SharingProcess =>
      new SharingProcess({ client, prefix, storeTimeoutMs: 5_000 })

    beforeAll(async () => {
      const server = servers[isCluster ? 1 : 0]
      clients = [await open(server, transport), await open(server, transport)]
      admin = await openAdmin(server)
    })

    afterAll(() => {
      for (const { close } of clients) close()
      admin.close()
    })

    beforeEach(() => {
      warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
      seeing = start(clients[0])
      other = start(clients[1])
    })

    afterEach(async () => {
      warnings.mockRestore()
      await admin.remove(prefix)
    })

    /** Shows one process a client connection; what it has seen is then in Redis. */
    const see = async (client: MintedCertificate): Promise<void> => {
      await seeing.see(client, ID)
      await untilTrue(async () => (await admin.keys(prefix)).length === 2)
    }

    const expectPoisonReport = (): void => {
      expect(warnings).toHaveBeenCalledWith(expect.any(String), {
        type: 'MtlsIdentityWarning',
        code: 'MTLS_IDENTITY_STORE_POISONED',
      })
    }

    it('tells one process what another has seen', async () => {
      await see(alice)
      const byThumbprint = await other.byThumbprint(alice)
      const byConnection = await other.byConnection(ID)
      expect(byThumbprint).toMatchObject({ evidence: 'thumbprint', problems: [] })
      expect(byConnection).toMatchObject({ evidence: 'connection', problems: [] })
      for (const { identity } of [byThumbprint, byConnection]) expect(identity?.der).toEqual(alice.der)
      expect(warnings).not.toHaveBeenCalled()
    })

    it('writes under its prefix, for no longer than the certificate is valid', async () => {
      const notAfter = new Date(Date.now() + MINUTE_MS)
      const short = authority.issue({ subject: { commonName: 'short' }, notAfter })
      await see(short)
      const keys = await admin.keys(prefix)
      expect(keys).toEqual([
        `${prefix}certificate:${short.thumbprint}`,
        expect.stringMatching(/:connection:[0-9a-f]{64}$/),
      ])
      for (const life of await Promise.all(keys.map(admin.lifeOf))) {
        expect(life).toBeGreaterThan(0)
        expect(life).toBeLessThanOrEqual(MINUTE_MS)
      }
    })

    it('shows nobody who can read there an id of a client connection', async () => {
      await see(alice)
      const dump = await admin.dump()
      expect(dump).toContain(`${prefix}connection:`)
      expect(dump).not.toContain(ID)
    })

    it.each([
      ['the certificate of somebody else', base64Of(bob.der)],
      ['a damaged certificate', base64Of(alice.der.subarray(0, -1))],
      ['what is no base64', '<certificate>'],
      ['nothing', ''],
    ])('refuses and reports %s in the place of a certificate', async (_what, value) => {
      await see(alice)
      await admin.replace(certificateKey, value)
      const context = await other.byThumbprint(alice)
      expect(context).toMatchObject({ identity: undefined, problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'] })
      expectPoisonReport()
    })

    it('refuses and reports what is no thumbprint in the place of one', async () => {
      await see(alice)
      for (const key of await admin.keys(`${prefix}connection:`)) await admin.replace(key, base64Of(bob.der))
      expect(await other.byConnection(ID)).toMatchObject({ identity: undefined, evidence: 'none' })
      expectPoisonReport()
    })
  })
})
