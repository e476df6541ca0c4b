import { setImmediate as turn } from 'node:timers/promises'
import { connectionId, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { ANONYMOUS, forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const UNKNOWN = { evidence: 'thumbprint', identity: undefined, problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'] }
const id = (value: string): FieldLines => [['X-Connection-Id', value]]

let clock: TestClock
let ask: (fields: FieldLines) => Promise<MtlsContext>

const start = (options: MtlsIdentityOptions): void => {
  clock = new TestClock()
  const middleware = createMiddleware({ trust: 'loopback', ...options }, clock)
  ask = (fields) => middleware.identify(fakeRequest({ fields }))
}

/** Whether a promise is still pending after everything that could settle it has had its turn. */
const isPending = async (promise: Promise<unknown>): Promise<boolean> => {
  const settled = promise.then(
    () => false,
    () => false,
  )
  return Promise.race([settled, turn(true)])
}

describe('a request whose certificate is on its way', () => {
  beforeEach(() => {
    start({ edge: cloudflare({ clientAuthHeaders: true }) })
  })

  it('waits for the request that carries it', async () => {
    const early = [1, 2, 3, 4, 5].map(() => ask(transformed(alice)))
    expect(await isPending(Promise.race(early))).toBe(true)
    await ask([...forwarded(alice), ...transformed(alice)])
    for (const context of await Promise.all(early)) {
      expect(context).toMatchObject({ evidence: 'thumbprint', verifiedBy: 'edge', problems: [] })
      expect(context.identity?.thumbprint).toBe(alice.thumbprint)
    }
    expect(clock.timers).toBe(0)
  })

  it('goes on as unknown after 50 ms', async () => {
    const waiting = ask(transformed(alice))
    expect(await isPending(waiting)).toBe(true)
    clock.advance(49)
    expect(await isPending(waiting)).toBe(true)
    clock.advance(1)
    expect(await waiting).toMatchObject(UNKNOWN)
  })

  it('does not take the certificate of another client for it', async () => {
    const waiting = ask(transformed(alice))
    await ask([...forwarded(bob), ...transformed(bob)])
    expect(await isPending(waiting)).toBe(true)
    clock.advance(50)
    expect(await waiting).toMatchObject(UNKNOWN)
  })

  it('is judged by the time at which it goes on', async () => {
    const short = authority.issue({
      subject: { commonName: 'short' },
      notAfter: new Date(clock.now() + 1_000),
    })
    const waiting = ask(transformed(short))
    clock.stepWallClock(5_000)
    await ask([...forwarded(short), ...transformed(short)])
    expect((await waiting).problems).toEqual(['ERR_MTLS_CERTIFICATE_EXPIRED'])
  })

  it('makes nobody wait who has no certificate', async () => {
    expect(await ask(ANONYMOUS)).toMatchObject({ evidence: 'none', problems: [] })
    expect(clock.timers).toBe(0)
  })

  it.each<[what: string, wait: MtlsIdentityOptions['wait']]>([
    ['waiting is off', { maxMs: 0 }],
    ['too many wait for the same', { maxWaitersPerKey: 1 }],
    ['too many wait at all', { maxWaiters: 1 }],
  ])('does not wait where %s', async (_what, wait) => {
    start({ edge: cloudflare({ clientAuthHeaders: true }), ...(wait && { wait }) })
    const first = ask(transformed(alice))
    expect(await ask(transformed(alice))).toMatchObject(UNKNOWN)
    clock.advance(50)
    expect(await first).toMatchObject(UNKNOWN)
  })

  it('gives its place to others when it goes on', async () => {
    start({ edge: cloudflare({ clientAuthHeaders: true }), wait: { maxWaiters: 1 } })
    const first = ask(transformed(alice))
    expect(await isPending(first)).toBe(true)
    clock.advance(50)
    await first
    const second = ask(transformed(bob))
    expect(await isPending(second)).toBe(true)
    clock.advance(50)
    await second
  })
})

describe('a request of a client connection that is new', () => {
  beforeEach(() => {
    start({ edge: cloudflare({ enforced: true }), continuity: connectionId('X-Connection-Id') })
  })

  it('waits for the request that carries the certificate', async () => {
    const early = ask(id('1'))
    expect(await isPending(early)).toBe(true)
    await ask([...id('1'), ...forwarded(alice)])
    expect((await early).identity?.thumbprint).toBe(alice.thumbprint)
  })

  it('waits once, and then is nobody until a certificate comes', async () => {
    const first = ask(id('1'))
    clock.advance(50)
    expect(await first).toMatchObject({ evidence: 'none', problems: [] })
    expect(await ask(id('1'))).toMatchObject({ evidence: 'none', problems: [] })
    await ask([...id('1'), ...forwarded(alice)])
    expect(await ask(id('1'))).toMatchObject({ evidence: 'connection', problems: [] })
  })

  it('displaces no connection that has shown a certificate, however many there are', async () => {
    const cache = { maxConnections: 2 }
    const continuity = connectionId('X-Connection-Id')
    start({ edge: cloudflare({ enforced: true }), continuity, cache, wait: { maxMs: 0 } })
    await ask([...id('1'), ...forwarded(alice)])
    for (const other of ['2', '3', '4', '5']) await ask(id(other))
    expect(await ask(id('1'))).toMatchObject({ evidence: 'connection' })
  })

  it('does not wait for another connection', async () => {
    const early = ask(id('1'))
    await ask([...id('2'), ...forwarded(alice)])
    expect(await isPending(early)).toBe(true)
    clock.advance(50)
    expect(await early).toMatchObject({ evidence: 'none' })
  })
})
