import { connectionId, type MtlsContext } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import type { MtlsIdentityOptions } from '../../lib/options.js'
import { forwarded } from '../support/cloudflare-fields.js'
import { fakeRequest, type FakeRequestOptions } from '../support/fake-request.js'
import { TestClock } from '../support/test-clock.js'
import type { FieldLines } from '../support/raw-client.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const id = (value: string): FieldLines => [['X-Connection-Id', value]]

describe('connectionId', () => {
  const clock = new TestClock()

  const follow = (
    cache: MtlsIdentityOptions['cache'] = {},
  ): ((request: FakeRequestOptions) => Promise<MtlsContext>) => {
    const edge = cloudflare({ enforced: true })
    const continuity = connectionId('X-Connection-Id')
    const middleware = createMiddleware(
      { trust: 'loopback', edge, continuity, cache, wait: { maxMs: 0 } },
      clock,
    )
    return (request) => middleware.identify(fakeRequest(request))
  }

  it('recognises a client connection on whatever origin connection it comes', async () => {
    const identify = follow()
    expect(await identify({ fields: [...id('1'), ...forwarded(alice)] })).toMatchObject({
      evidence: 'certificate',
    })
    expect(await identify({ fields: [...id('2'), ...forwarded(bob)] })).toMatchObject({
      evidence: 'certificate',
    })
    const later = await identify({ fields: id('1') })
    expect(later).toMatchObject({ evidence: 'connection', verifiedBy: 'declaration', problems: [] })
    expect(later.identity?.thumbprint).toBe(alice.thumbprint)
    expect((await identify({ fields: id('2') })).identity?.thumbprint).toBe(bob.thumbprint)
  })

  it('takes a client connection without a certificate for nobody', async () => {
    const identify = follow()
    const nobody = { evidence: 'none', identity: undefined, problems: [] }
    expect(await identify({ fields: id('3') })).toMatchObject(nobody)
    expect(await identify({ fields: id('3') })).toMatchObject(nobody)
  })

  it.each<[what: string, request: FakeRequestOptions]>([
    ['another id', { fields: id('2') }],
    ['an id of another case', { fields: id('A') }],
    ['no id', {}],
    ['an empty id', { fields: id('') }],
    ['the same id for another host', { fields: id('a'), host: 'other.test' }],
    ['the same id for a host that is too long to be one', { fields: id('a'), host: 'a'.repeat(262) }],
  ])('does not recognise %s', async (_what, request) => {
    const identify = follow()
    await identify({ fields: [...id('a'), ...forwarded(alice)] })
    await identify({ fields: [...id('a'), ...forwarded(alice)], host: 'a'.repeat(262) })
    expect(await identify(request)).toMatchObject({ evidence: 'none', identity: undefined })
  })

  it.each<[what: string, value: string, code: string]>([
    ['a space', 'a b', 'ERR_MTLS_FIELD_INVALID'],
    ['a character beyond ASCII', 'é', 'ERR_MTLS_FIELD_INVALID'],
    ['more than 256 bytes', 'a'.repeat(257), 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])('refuses an id with %s', async (_what, value, code) => {
    await expect(follow()({ fields: id(value) })).rejects.toMatchObject({ code })
  })

  it('refuses a hash that is not the one of the connection', async () => {
    const identify = follow()
    await identify({ fields: [...id('1'), ...forwarded(alice)] })
    const forged: FieldLines = [...id('1'), ['Cf-Client-Cert-Sha256', bob.thumbprint]]
    await expect(identify({ fields: forged })).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
  })

  it('puts a renewed certificate in the place of the old one', async () => {
    const identify = follow()
    await identify({ fields: [...id('1'), ...forwarded(alice)] })
    await identify({ fields: [...id('1'), ...forwarded(bob)] })
    expect((await identify({ fields: id('1') })).identity?.thumbprint).toBe(bob.thumbprint)
  })

  it('says "unknown", not "no certificate", when the certificate was displaced', async () => {
    const identify = follow({ maxCertificates: 1 })
    await identify({ fields: [...id('1'), ...forwarded(alice)] })
    await identify({ fields: [...id('2'), ...forwarded(bob)] })
    expect(await identify({ fields: id('1') })).toMatchObject({
      evidence: 'connection',
      identity: undefined,
      verifiedBy: undefined,
      problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'],
    })
  })

  it('forgets the connection that was used least recently', async () => {
    const identify = follow({ maxConnections: 2 })
    await identify({ fields: [...id('1'), ...forwarded(alice)] })
    await identify({ fields: [...id('2'), ...forwarded(bob)] })
    await identify({ fields: id('1') })
    await identify({ fields: [...id('3'), ...forwarded(bob)] })
    expect(await identify({ fields: id('2') })).toMatchObject({ evidence: 'none' })
    expect(await identify({ fields: id('1') })).toMatchObject({ evidence: 'connection' })
  })

  it('forgets a connection without a request for ttlMs, whatever the wall clock does', async () => {
    const identify = follow({ ttlMs: 1_000 })
    await identify({ fields: [...id('1'), ...forwarded(alice)] })
    clock.advance(999)
    clock.stepWallClock(60_000)
    expect(await identify({ fields: id('1') })).toMatchObject({ evidence: 'connection' })
    clock.advance(999)
    expect(await identify({ fields: id('1') })).toMatchObject({ evidence: 'connection' })
    clock.advance(1_001)
    expect(await identify({ fields: id('1') })).toMatchObject({ evidence: 'none' })
  })

  it.each([
    ['no name', undefined],
    ['an empty name', ''],
    ['a name with a space', 'Connection Id'],
    ['a name with a colon', 'X-Id:'],
    ['a field of HTTP itself', 'Host'],
    ['a field that Node joins in its own way', 'cookie'],
    ['__proto__', '__proto__'],
  ])('does not take %s', (_what, name) => {
    expect(() => (connectionId as (name: unknown) => unknown)(name)).toThrow(TypeError)
    expect(() => (connectionId as (name: unknown) => unknown)(name)).toThrow(/connectionId\(field\)/)
  })

  it('finds no id in what every object has', async () => {
    const continuity = connectionId('constructor')
    const middleware = createMiddleware({ trust: 'loopback', continuity, wait: { maxMs: 0 } }, clock)
    expect(await middleware.identify(fakeRequest())).toMatchObject({ evidence: 'none', problems: [] })
  })
})
