import { directTls } from 'mtls-identity/edges'
import { createSelfSigned } from 'mtls-identity/testing'
import { fakeRequest } from '../support/fake-request.js'
import {
  clientAuthority,
  getOverHttp2,
  startTlsOrigin,
  TlsClient,
  type TlsOrigin,
} from './support/tls-origin.js'

const alice = clientAuthority.issue({ subject: { commonName: 'alice' } })
const bob = clientAuthority.issueAuthority().issue({ subject: { commonName: 'bob' } })
const mallory = createSelfSigned({ subject: { commonName: 'alice' } })
const forged = { 'Client-Cert': `:${Buffer.from(alice.der).toString('base64')}:` }

const isVerified = { evidence: 'certificate', verifiedBy: 'edge', problems: [] }
const isNobody = { evidence: 'none', problems: [], asserted: { presented: false, verified: false } }

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('directTls over %s', (version) => {
  let origin: TlsOrigin
  beforeAll(async () => {
    origin = await startTlsOrigin({ version })
  })
  afterAll(() => {
    origin.close()
  })

  it.each([
    ['a client', alice],
    ['a client with an intermediate authority', bob],
  ])('knows %s on every request of its connection', async (_what, minted) => {
    const client = new TlsClient(origin.port, minted)
    for (let request = 0; request < 3; request++) {
      expect(await client.get()).toMatchObject({
        ...isVerified,
        thumbprint: minted.thumbprint,
        reused: false,
      })
    }
    client.end()
  })

  it('takes a client without a certificate for nobody, whatever its fields say', async () => {
    const client = new TlsClient(origin.port, undefined)
    const report = await client.get(forged)
    expect(report).toMatchObject(isNobody)
    expect(report.thumbprint).toBeUndefined()
    client.end()
  })

  it('does not verify a certificate of nobody it trusts', async () => {
    const client = new TlsClient(origin.port, mallory)
    expect(await client.get(forged)).toMatchObject({
      thumbprint: mallory.thumbprint,
      problems: ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
      asserted: { presented: true, verified: false },
    })
    client.end()
  })

  it('knows the client of a resumed session', async () => {
    const first = new TlsClient(origin.port, alice)
    await first.get()
    const resumed = new TlsClient(origin.port, alice, first.end())
    expect(await resumed.get()).toMatchObject({ ...isVerified, thumbprint: alice.thumbprint, reused: true })
    resumed.end()
  })

  it('takes the client of a session without a certificate for nobody, even where Node calls it authorized', async () => {
    const first = new TlsClient(origin.port, undefined)
    await first.get()
    const resumed = new TlsClient(origin.port, alice, first.end())
    const report = await resumed.get()
    expect(report).toMatchObject({ ...isNobody, reused: true })
    expect(report.thumbprint).toBeUndefined()
    resumed.end()
  })
})

describe('directTls over HTTP/2', () => {
  it('knows the client on every stream of its connection', async () => {
    const origin = await startTlsOrigin({ version: 'TLSv1.3', isHttp2: true })
    try {
      const [reports, strangers] = await Promise.all([
        getOverHttp2(origin.port, alice, 6),
        getOverHttp2(origin.port, undefined, 2),
      ])
      expect(reports).toHaveLength(6)
      for (const report of reports) {
        expect(report).toMatchObject({ ...isVerified, thumbprint: alice.thumbprint })
      }
      for (const report of strangers) expect(report).toMatchObject(isNobody)
    } finally {
      origin.close()
    }
  })
})

describe('directTls', () => {
  it('reads no field, and believes any peer: there is no edge', () => {
    const { fields, trust } = directTls()
    expect(fields).toEqual([])
    expect(trust?.isEdge(fakeRequest())).toBe(true)
  })

  it('takes the client of a connection without TLS for nobody', () => {
    expect(directTls().read(fakeRequest())).toMatchObject({ certificate: undefined, verifiedBy: undefined })
  })

  it('asks a connection for its certificate once', () => {
    const getPeerX509Certificate = jest.fn(() => ({ raw: Buffer.from(alice.der) }))
    const socket = { authorized: true, getPeerX509Certificate }
    const edge = directTls()
    const certificates = [1, 2].map(() => edge.read(fakeRequest({ socket })).certificate)
    expect(certificates).toEqual(Array(2).fill(Buffer.from(alice.der).toString('base64')))
    expect(getPeerX509Certificate).toHaveBeenCalledTimes(1)
  })
})
