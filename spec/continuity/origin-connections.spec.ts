import { exclusiveOriginConnections, type MtlsContext } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, SHA256_FIELD } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const address = (value: string): FieldLines => [['Cf-Connecting-Ip', value]]
const damaged: FieldLines = [...forwarded(alice).slice(0, 1), [SHA256_FIELD, bob.thumbprint]]

type Identify = (socket: object, fields?: FieldLines, host?: string) => Promise<MtlsContext>

const NOBODY = { evidence: 'none', identity: undefined }

describe.each([
  ['inference', undefined, 'inferred', ['ERR_MTLS_IDENTITY_INFERRED']],
  ['exclusiveOriginConnections', exclusiveOriginConnections(), 'connection', []],
] as const)('%s', (_name, continuity, evidence, problems) => {
  let identify: Identify
  let warnings: jest.SpyInstance

  beforeEach(() => {
    const edge = cloudflare({ enforced: true })
    const options = { trust: 'loopback', edge, ...(continuity && { continuity }) }
    const middleware = createMiddleware(options, new TestClock())
    identify = (socket, fields = [], host = 'origin.test') =>
      middleware.identify(fakeRequest({ socket, fields, host }))
    warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
  })

  afterEach(() => {
    warnings.mockRestore()
  })

  it('recognises later requests on the origin connection whose first one carried the certificate', async () => {
    const [first, second] = [loopbackSocket(), loopbackSocket()]
    await identify(first, forwarded(alice))
    await identify(second, forwarded(bob))
    const later = await identify(first)
    expect(later).toMatchObject({ evidence, problems })
    expect(later.identity?.thumbprint).toBe(alice.thumbprint)
    expect((await identify(second)).identity?.thumbprint).toBe(bob.thumbprint)
    expect(warnings).not.toHaveBeenCalled()
  })

  it('recognises streams of one HTTP/2 session by the session', async () => {
    const session = {}
    const middleware = createMiddleware(
      { trust: 'loopback', ...(continuity && { continuity }) },
      new TestClock(),
    )
    const onStream = (fields: FieldLines): Promise<MtlsContext> =>
      middleware.identify(Object.assign(fakeRequest({ fields }), { stream: { session } }))
    await onStream(forwarded(alice))
    expect((await onStream([])).identity?.thumbprint).toBe(alice.thumbprint)
  })

  it('takes an origin connection whose first request carried none for nobody', async () => {
    const socket = loopbackSocket()
    expect(await identify(socket)).toMatchObject({ ...NOBODY, problems: [] })
    expect(await identify(socket)).toMatchObject({ ...NOBODY, problems: [] })
  })

  it('does not carry an identity over to another host', async () => {
    const socket = loopbackSocket()
    await identify(socket, forwarded(alice))
    expect(await identify(socket, [], 'other.test')).toMatchObject(NOBODY)
    expect(await identify(socket)).toMatchObject({ evidence })
  })

  it('does not recognise where the host is too long to be one', async () => {
    const socket = loopbackSocket()
    const host = 'a'.repeat(262)
    await identify(socket, forwarded(alice), host)
    expect(await identify(socket, [], host)).toMatchObject(NOBODY)
  })

  it.each<[what: string, first: FieldLines, later: FieldLines]>([
    ['another certificate', forwarded(alice), forwarded(bob)],
    ['a certificate after a first request without one', [], forwarded(alice)],
    ['a certificate after a first request that was refused', damaged, forwarded(alice)],
    ['a hash of another certificate', forwarded(alice), [[SHA256_FIELD, bob.thumbprint]]],
    ['another client address', [...forwarded(alice), ...address('192.0.2.1')], address('192.0.2.2')],
    ['a client address that was not told before', forwarded(alice), address('192.0.2.2')],
    ['no client address where one was told before', [...forwarded(alice), ...address('192.0.2.1')], []],
  ])(
    'stops on every connection for good, with one warning, when a later request has %s',
    async (_what, first, later) => {
      const [quiet, telling] = [loopbackSocket(), loopbackSocket()]
      await identify(quiet, forwarded(alice))
      await identify(telling, first).catch(() => undefined)
      const proof = await identify(telling, later)
      expect(proof.evidence).toBe(
        later.some(([name]) => name === 'Cf-Client-Cert-Der-Base64') ? 'certificate' : 'none',
      )
      expect(await identify(quiet)).toMatchObject({ ...NOBODY, problems: [] })
      const fresh = loopbackSocket()
      await identify(fresh, forwarded(bob))
      await identify(fresh, forwarded(alice))
      expect(await identify(fresh)).toMatchObject(NOBODY)
      await identify(fresh, damaged).catch(() => undefined)
      expect(warnings).toHaveBeenCalledTimes(1)
      expect(warnings).toHaveBeenCalledWith(expect.stringContaining('connectionId'), {
        type: 'MtlsIdentityWarning',
        code: 'MTLS_IDENTITY_POOLED_ORIGIN_CONNECTIONS',
      })
    },
  )

  it('goes on after a later request that was refused', async () => {
    const socket = loopbackSocket()
    await identify(socket, forwarded(alice))
    await expect(identify(socket, damaged)).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
    expect(await identify(socket)).toMatchObject({ evidence })
  })

  it('counts a request once, however often it is asked about', async () => {
    const socket = loopbackSocket()
    const middleware = createMiddleware(
      { trust: 'loopback', removeFields: true, ...(continuity && { continuity }) },
      new TestClock(),
    )
    const req = fakeRequest({ socket, fields: forwarded(alice) })
    const context = await middleware.identify(req)
    expect(await middleware.identify(req)).toBe(context)
    expect(await middleware.identify(fakeRequest({ socket }))).toMatchObject({ evidence })
    expect(warnings).not.toHaveBeenCalled()
  })
})

it('says "inferred" and "unknown" of a client whose certificate was displaced', async () => {
  const middleware = createMiddleware(
    { trust: 'loopback', cache: { maxCertificates: 1 }, wait: { maxMs: 0 } },
    new TestClock(),
  )
  const [first, second] = [loopbackSocket(), loopbackSocket()]
  await middleware.identify(fakeRequest({ socket: first, fields: forwarded(alice) }))
  await middleware.identify(fakeRequest({ socket: second, fields: forwarded(bob) }))
  expect(await middleware.identify(fakeRequest({ socket: first }))).toMatchObject({
    evidence: 'inferred',
    identity: undefined,
    problems: ['ERR_MTLS_IDENTITY_INFERRED', 'ERR_MTLS_CERTIFICATE_UNKNOWN'],
  })
})

describe('the same certificate on a later request', () => {
  const onOneConnection = async (
    continuity?: ReturnType<typeof exclusiveOriginConnections>,
  ): Promise<MtlsContext> => {
    const middleware = createMiddleware(
      { trust: 'loopback', ...(continuity && { continuity }) },
      new TestClock(),
    )
    const socket = loopbackSocket()
    await middleware.identify(fakeRequest({ socket, fields: forwarded(alice) }))
    await middleware.identify(fakeRequest({ socket, fields: forwarded(alice) }))
    return middleware.identify(fakeRequest({ socket }))
  }

  it('shows inference that the edge does not send it on the first request only', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
    expect(await onOneConnection()).toMatchObject(NOBODY)
    expect(warnings).toHaveBeenCalledTimes(1)
    warnings.mockRestore()
  })

  it('is nothing against exclusive origin connections', async () => {
    expect(await onOneConnection(exclusiveOriginConnections())).toMatchObject({ evidence: 'connection' })
  })
})
