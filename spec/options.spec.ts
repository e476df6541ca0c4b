import { connectionId, mtlsIdentity } from 'mtls-identity'
import type { MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare, type Edge } from 'mtls-identity/edges'
import { resolveOptions } from '../lib/resolve-options.js'
import { fakeRequest, loopbackSocket } from './support/fake-request.js'

const fromLoopback = fakeRequest({ socket: loopbackSocket() })

describe('mtlsIdentity', () => {
  it.each<[what: string, options: object, message: string]>([
    [
      'a misspelt option',
      { edges: cloudflare() },
      "mtlsIdentity() has no option 'edges'; its options are edge, trust, continuity, cache, store, storeTimeoutMs, wait, onInvalid, removeFields",
    ],
    [
      'an edge that is none',
      { edge: 'cloudflare' },
      "edge must be an Edge from 'mtls-identity/edges', such as cloudflare()",
    ],
    [
      'an edge that was not called',
      { edge: cloudflare },
      "edge must be an Edge from 'mtls-identity/edges', such as cloudflare()",
    ],
    [
      'no edge at all',
      { edge: null },
      "edge must be an Edge from 'mtls-identity/edges', such as cloudflare()",
    ],
    [
      'trust in everybody',
      { trust: true },
      "trust must be a list of addresses, a trust from 'mtls-identity/trust', or a function of the request",
    ],
    [
      'trust in a number of hops',
      { trust: 1 },
      "trust must be a list of addresses, a trust from 'mtls-identity/trust', or a function of the request",
    ],
    [
      'trust in nobody',
      { trust: [] },
      "peers must be a list of addresses, CIDRs or names such as 'loopback'",
    ],
    [
      'a continuity that is none',
      { continuity: 'X-Connection-Id' },
      'continuity must be connectionId(field) or exclusiveOriginConnections()',
    ],
    [
      'a continuity that was not called',
      { continuity: connectionId },
      'continuity must be connectionId(field) or exclusiveOriginConnections()',
    ],
    [
      'a misspelt limit',
      { cache: { max: 1 } },
      "cache has no option 'max'; its options are maxCertificates, maxConnections, ttlMs",
    ],
    [
      'a limit of zero',
      { cache: { maxCertificates: 0 } },
      'cache.maxCertificates must be a positive whole number',
    ],
    [
      'a limit without bounds',
      { cache: { maxConnections: Infinity } },
      'cache.maxConnections must be a positive whole number',
    ],
    ['a time with its unit', { cache: { ttlMs: '1h' } }, 'cache.ttlMs must be a positive whole number'],
    [
      'a store that is none',
      { store: 'redis://127.0.0.1' },
      "store must be an IdentityStore, such as redisStore(client) from 'mtls-identity/redis'",
    ],
    ['a store without a deadline', { storeTimeoutMs: 0 }, 'storeTimeoutMs must be a positive whole number'],
    ['a misspelt limit of waiting', { wait: { ms: 1 } }, "wait has no option 'ms'"],
    ['a negative wait', { wait: { maxMs: -1 } }, 'wait.maxMs must be a whole number, 0 or more'],
    [
      'waiters without a place',
      { wait: { maxWaiters: 0 } },
      'wait.maxWaiters must be a positive whole number',
    ],
    ['another word for onInvalid', { onInvalid: 'drop' }, "onInvalid must be 'reject' or 'ignore'"],
    ['a word for a flag', { removeFields: 'yes' }, 'removeFields must be true or false'],
  ])('does not take %s', (_what, options, message) => {
    const make = (): unknown => mtlsIdentity(options)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it('does not take an edge whose peers nobody names', () => {
    const edge: Partial<Edge> = cloudflare()
    Reflect.deleteProperty(edge, 'trust')
    expect(() => mtlsIdentity({ edge: edge as Edge })).toThrow(
      "trust must be given: nothing says which peers are the edge 'cloudflare'",
    )
  })
})

describe('resolveOptions', () => {
  it('has documented, bounded defaults', () => {
    expect(resolveOptions({})).toMatchObject({
      edge: { name: 'cloudflare' },
      cache: { maxCertificates: 10_000, maxConnections: 100_000, ttlMs: 3_600_000 },
      store: undefined,
      storeTimeoutMs: 100,
      wait: { maxMs: 50, maxWaiters: 1_000, maxWaitersPerKey: 100 },
      onInvalid: 'reject',
      removeFields: false,
    })
  })

  it.each<[what: string, trust: NonNullable<MtlsIdentityOptions['trust']>]>([
    ['a list', ['127.0.0.1/32']],
    ['a string', 'loopback'],
    ['a trust', { isEdge: (req) => req.socket.remoteAddress === '127.0.0.1' }],
    ['a function', (req) => req.socket.remoteAddress === '127.0.0.1'],
  ])('takes trust as %s', (_what, trust) => {
    const resolved = resolveOptions({ trust }).trust
    expect(resolved.isEdge(fromLoopback)).toBe(true)
    expect(resolved.isEdge(fakeRequest({ socket: loopbackSocket('192.0.2.1') }))).toBe(false)
  })

  it('collects the fields of edge, continuity and trust', () => {
    const trust = { fields: ['x-secret'], isEdge: () => true }
    const { fields } = resolveOptions({ trust, continuity: connectionId('X-Connection-Id') })
    expect([...fields]).toEqual(
      expect.arrayContaining(['x-secret', 'x-connection-id', 'cf-client-cert-sha256']),
    )
  })
})
