import { connectionId } from 'mtls-identity'
import { cloudflareWorker } from 'mtls-identity/edges'
import { createSelfSigned } from 'mtls-identity/testing'
import { sharedSecret } from 'mtls-identity/trust'
import { startOrigin, type Origin } from '../support/origin.js'
import { RawClient } from '../support/raw-client.js'
import { clientAuthority, WorkerEdge, type WorkerClient } from './support/worker-edge.js'

const SECRET = 'a-secret-that-nobody-else-knows'
const alice = clientAuthority.issue({ subject: { commonName: 'alice' } })
const bob = clientAuthority.issue({ subject: { commonName: 'bob' } })
const carol = clientAuthority.issue({ subject: { commonName: 'carol' } })
const mallory = createSelfSigned({ subject: { commonName: 'alice' } })
const isVerified = { status: 200, evidence: 'certificate', verifiedBy: 'edge', problems: [] }

/** What alice's requests have at the origin. */
const FORGED = {
  'Client-Cert': `:${Buffer.from(alice.der).toString('base64')}:`,
  'X-CERT-PRESENTED': '1',
  'X-CERT-VERIFY': 'SUCCESS',
  'X-CERT-REVOKED': '0',
  'X-CERT-SHA256': alice.thumbprint,
  'X-Connection-Id': 'ab'.repeat(32),
}

describe('examples/worker in workerd', () => {
  let origin: Origin
  let edge: WorkerEdge
  beforeAll(async () => {
    origin = await startOrigin({
      edge: cloudflareWorker({
        fields: {
          certificate: 'Client-Cert',
          chain: 'Client-Cert-Chain',
          sha256: 'X-CERT-SHA256',
          presented: 'X-CERT-PRESENTED',
          revoked: 'X-CERT-REVOKED',
        },
      }),
      trust: sharedSecret({ field: 'X-Origin-Secret', secrets: SECRET }),
      continuity: connectionId('X-Connection-Id'),
      wait: { maxMs: 0 },
    })
    edge = await WorkerEdge.start(SECRET, origin.url)
    edge.revoked.add(carol.thumbprint)
  }, 60_000)
  afterAll(async () => {
    await edge.close()
    await origin.close()
  })

  const connected = async <T>(
    client: WorkerClient,
    ask: (client: WorkerClient) => Promise<T>,
  ): Promise<T> => {
    try {
      return await ask(client)
    } finally {
      client.close()
    }
  }

  it('tells clients apart on every request', async () => {
    const clients = [alice, bob].map((minted) => ({ minted, client: edge.connect(minted) }))
    for (let round = 0; round < 3; round++) {
      for (const { minted, client } of clients) {
        const report = await client.get('/guarded')
        expect(report).toMatchObject({ ...isVerified, thumbprint: minted.thumbprint })
      }
    }
    for (const { client } of clients) client.close()
  })

  it.each([
    ['nothing', {}],
    ["somebody else's fields", FORGED],
  ])('takes a client without a certificate that sends %s for nobody', async (_what, fields) => {
    const report = await connected(edge.connect(), (client) => client.get('/', fields))
    expect(report).toMatchObject({ status: 200, evidence: 'none', problems: [] })
    expect(report.thumbprint).toBeUndefined()
  })

  it("takes a client with somebody else's fields for itself", async () => {
    const report = await connected(edge.connect(bob), (client) => client.get('/', FORGED))
    expect(report).toMatchObject({ ...isVerified, thumbprint: bob.thumbprint })
  })

  it.each([
    ['signed by itself', mallory, ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED']],
    ['revoked', carol, ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED', 'ERR_MTLS_CERTIFICATE_REVOKED']],
  ])('lets nobody in whose certificate is %s', async (_what, minted, problems) => {
    const [report, guarded] = await connected(edge.connect(minted), async (client) => [
      await client.get('/', FORGED),
      await client.get('/guarded', FORGED),
    ])
    expect(report).toMatchObject({ thumbprint: minted.thumbprint, problems })
    expect(guarded).toMatchObject({ status: 403 })
  })

  it.each([
    ['no secret', {}],
    ['another secret', { 'X-Origin-Secret': 'a-secret-that-i-have-made-up' }],
  ])('believes nobody with %s', async (_what, secret) => {
    const client = new RawClient(origin.port)
    const report = await client.get('/', Object.entries({ ...FORGED, ...secret }))
    client.close()
    expect(report).toMatchObject({ evidence: 'none', problems: ['ERR_MTLS_UNTRUSTED_PEER'] })
  })
})
