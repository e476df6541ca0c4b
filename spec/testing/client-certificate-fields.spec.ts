import { alice, bob, mallory } from './support/certificates.js'
import { connectHttp2, PROTOCOLS } from './support/clients.js'
import { type Seen, valuesOf } from './support/echo.js'
import { see, useStage } from './support/stage.js'

const stage = useStage()

/** `both`, `sha256` or `none`: what a request said about Alice's certificate. */
const said = (seen: Seen): string => {
  const certificate = valuesOf(seen, 'Cf-Client-Cert-Der-Base64').join()
  const sha256 = valuesOf(seen, 'Cf-Client-Cert-Sha256').join()
  if (certificate === '' && sha256 === '') return 'none'
  expect(sha256).toBe(alice.thumbprint)
  if (certificate === '') return 'sha256'
  expect(certificate).toBe(Buffer.from(alice.der).toString('base64'))
  return 'both'
}

describe.each(PROTOCOLS)('the certificate over %s', (_protocol, connect) => {
  it.each([
    ['first-request', false, ['both', 'none', 'none']],
    ['first-request', true, ['both', 'sha256', 'sha256']],
    ['every-request', false, ['both', 'both', 'both']],
    ['every-request', true, ['both', 'both', 'both']],
    ['never', false, ['none', 'none', 'none']],
    ['never', true, ['sha256', 'sha256', 'sha256']],
  ] as const)('goes along as forward: %s, sha256OnEveryRequest: %s says', async (forward, sha256, wanted) => {
    const { client } = await stage({ forward, sha256OnEveryRequest: sha256 })
    const caller = client(alice, connect)
    const requests = [await see(caller), await see(caller), await see(caller)]
    expect(requests.map(said)).toEqual(wanted)
  })

  it('goes along on the first request of each client connection', async () => {
    const { client } = await stage()
    const requests = [await see(client(alice, connect)), await see(client(alice, connect))]
    expect(requests.map(said)).toEqual(['both', 'both'])
  })

  it('goes along although no authority vouches for it', async () => {
    const { client } = await stage()
    const seen = await see(client(mallory, connect))
    expect(valuesOf(seen, 'Cf-Client-Cert-Sha256')).toEqual([mallory.thumbprint])
  })

  it('is not made up for a client without one', async () => {
    const { client } = await stage({ forward: 'every-request', sha256OnEveryRequest: true })
    const caller = client(undefined, connect)
    expect([await see(caller), await see(caller)].map(said)).toEqual(['none', 'none'])
  })

  it('is that of the caller on every request, whoever shares the origin connection', async () => {
    const { client } = await stage({
      oracleField: 'X-Oracle',
      forward: 'every-request',
      maxOriginConnections: 1,
    })
    const callers = [client(alice, connect), client(bob, connect), client(undefined, connect)]
    const expected = [[alice.thumbprint], [bob.thumbprint], []]
    for (const [index, caller] of [...callers.entries(), ...callers.entries()]) {
      const seen = await see(caller)
      expect(valuesOf(seen, 'X-Oracle')).toEqual(expected[index])
      expect(valuesOf(seen, 'Cf-Client-Cert-Sha256')).toEqual(expected[index])
    }
  })
})

describe('the certificate over parallel streams', () => {
  it('goes along on exactly one of them', async () => {
    const { client } = await stage()
    const caller = client(alice, connectHttp2)
    const requests = await Promise.all(Array.from({ length: 6 }, () => see(caller)))
    expect(requests.map(said).toSorted()).toEqual(['both', 'none', 'none', 'none', 'none', 'none'])
  })
})

describe('connectionIdField', () => {
  it.each(PROTOCOLS)('carries one random id per client connection over %s', async (_protocol, connect) => {
    const { client } = await stage({ connectionIdField: 'X-Connection-Id' })
    const [first, second] = [client(alice, connect), client(undefined, connect)]
    const seen = [await see(first), await see(second), await see(first), await see(second)]
    const [a, b, c, d] = seen.map((request) => valuesOf(request, 'X-Connection-Id').join())
    expect(a).toMatch(/^[0-9a-f-]{36}$/)
    expect(a).not.toBe(b)
    expect([c, d]).toEqual([a, b])
  })

  it('carries what randomId makes', async () => {
    const ids = ['one', 'two'].values()
    const randomId = () => String(ids.next().value)
    const { client } = await stage({ connectionIdField: 'X-Connection-Id', randomId })
    const seen = [await see(client()), await see(client())]
    expect(seen.map((request) => valuesOf(request, 'X-Connection-Id'))).toEqual([['one'], ['two']])
  })
})

describe('oracleField', () => {
  it.each(['strip', 'pass'] as const)('cannot be set by a client: %s', async (clientFields) => {
    const { client } = await stage({ oracleField: 'X-Oracle', clientFields })
    const lines = ['X-Oracle', bob.thumbprint, 'x-oracle', bob.thumbprint]
    const seen = [await see(client(alice), { lines }), await see(client(), { lines })]
    expect(seen.map((request) => valuesOf(request, 'X-Oracle'))).toEqual([[alice.thumbprint], []])
  })
})
