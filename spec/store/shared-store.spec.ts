import { setImmediate as turn } from 'node:timers/promises'
import { connectionId, type IdentityStore, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { base64Of, forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import { HANG, MemoryStore, REFUSE } from '../support/memory-store.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const DAY_MS = 86_400_000
const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const BY_THUMBPRINT: MtlsIdentityOptions = { edge: cloudflare({ clientAuthHeaders: true }) }
const BY_CONNECTION: MtlsIdentityOptions = {
  edge: cloudflare({ enforced: true }),
  continuity: connectionId('X-Connection-Id'),
}
const ID: FieldLines = [['X-Connection-Id', '7']]
const AWAY = { identity: undefined, verifiedBy: undefined, problems: ['ERR_MTLS_STORE_UNAVAILABLE'] }

type Ask = (fields: FieldLines) => Promise<MtlsContext>

describe('processes that share a store', () => {
  let clock: TestClock
  let store: MemoryStore
  let warnings: jest.SpyInstance

  /** One process; it does not wait for other requests, so that what it knows is from the store. */
  const startProcess = (options: MtlsIdentityOptions, shared: IdentityStore = store): Ask => {
    const middleware = createMiddleware(
      { trust: 'loopback', store: shared, wait: { maxMs: 0 }, ...options },
      clock,
    )
    return (fields) => middleware.identify(fakeRequest({ fields }))
  }

  beforeEach(() => {
    clock = new TestClock()
    store = new MemoryStore()
    warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
  })

  afterEach(() => {
    warnings.mockRestore()
  })

  it.each<
    [what: string, options: MtlsIdentityOptions, first: FieldLines, later: FieldLines, evidence: string]
  >([
    [
      'thumbprint',
      BY_THUMBPRINT,
      [...forwarded(alice), ...transformed(alice)],
      transformed(alice),
      'thumbprint',
    ],
    ['connection id', BY_CONNECTION, [...ID, ...forwarded(alice)], ID, 'connection'],
  ])('know by %s what another one has seen', async (_what, options, first, later, evidence) => {
    const [seeing, other] = [startProcess(options), startProcess(options)]
    await seeing(first)
    const context = await other(later)
    expect(context).toMatchObject({ evidence, problems: [] })
    expect(context.identity?.thumbprint).toBe(alice.thumbprint)
  })

  it('do not ask the store for what they know', async () => {
    const ask = startProcess(BY_CONNECTION)
    await ask([...ID, ...forwarded(alice)])
    const { gets, sets } = { gets: store.gets.length, sets: store.sets.length }
    for (let request = 0; request < 3; request++) await ask(ID)
    await ask([...ID, ...forwarded(alice)])
    expect([store.gets.length, store.sets.length]).toEqual([gets, sets])
  })

  it('ask for a thumbprint once at a time', async () => {
    const ask = startProcess(BY_THUMBPRINT)
    await Promise.all([1, 2, 3].map(() => ask(transformed(alice))))
    expect(store.gets).toEqual([`certificate:${alice.thumbprint}`])
    await ask(transformed(alice))
    expect(store.gets).toHaveLength(2)
  })

  it('ask again, after waiting, for what another one has only just seen', async () => {
    const [seeing, other] = [startProcess(BY_THUMBPRINT), startProcess({ ...BY_THUMBPRINT, wait: {} })]
    const early = other(transformed(alice))
    await seeing([...forwarded(alice), ...transformed(alice)])
    clock.advance(50)
    expect((await early).identity?.thumbprint).toBe(alice.thumbprint)
  })

  it('wait no longer for what the store has', async () => {
    const [seeing, other] = [startProcess(BY_THUMBPRINT), startProcess({ ...BY_THUMBPRINT, wait: {} })]
    await seeing([...forwarded(alice), ...transformed(alice)])
    expect((await other(transformed(alice))).identity?.thumbprint).toBe(alice.thumbprint)
    expect(clock.timers).toBe(0)
  })

  it('wait on for what the store does not have', async () => {
    const ask = startProcess({ ...BY_THUMBPRINT, wait: {} })
    const early = ask(transformed(alice))
    await turn()
    expect(store.gets).toHaveLength(1)
    await ask([...forwarded(alice), ...transformed(alice)])
    expect((await early).identity?.thumbprint).toBe(alice.thumbprint)
    expect(store.gets).toHaveLength(1)
  })

  it('take what arrives here while the store is asked for the same', async () => {
    let answer: (value: Uint8Array) => void = () => undefined
    const slow: IdentityStore = {
      get: () => new Promise((resolve) => (answer = resolve)),
      set: () => Promise.resolve(),
    }
    const ask = startProcess(BY_THUMBPRINT, slow)
    const early = ask(transformed(alice))
    await turn()
    const { identity } = await ask([...forwarded(alice), ...transformed(alice)])
    answer(alice.der)
    expect((await early).identity).toBe(identity)
  })

  it('refuse a hash that is not the one of a connection which another one has seen', async () => {
    const [seeing, other] = [startProcess(BY_CONNECTION), startProcess(BY_CONNECTION)]
    await seeing([...ID, ...forwarded(alice)])
    const forged = other([...ID, ['Cf-Client-Cert-Sha256', bob.thumbprint]])
    await expect(forged).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
  })

  it('put no connection id there in clear text, and nothing for longer than the certificate is valid', async () => {
    const notAfter = new Date(clock.now() + 60_000)
    const short = authority.issue({ subject: { commonName: 'short' }, notAfter })
    const ask = startProcess(BY_CONNECTION)
    await ask([['X-Connection-Id', 'secret'], ...forwarded(short)])
    await ask([...ID, ...forwarded(alice)])
    expect([...store.values.keys()].join(' ')).not.toContain('secret')
    const lives = [...store.values].map(([key, { ttlMs }]) => [
      key.split(':')[0],
      ttlMs <= 60_000,
      ttlMs <= DAY_MS,
    ])
    expect(lives).toEqual([
      ['certificate', true, true],
      ['connection', true, true],
      ['certificate', false, true],
      ['connection', false, true],
    ])
  })

  it('put an expired certificate nowhere', async () => {
    const ask = startProcess(BY_CONNECTION)
    clock.stepWallClock(400 * DAY_MS)
    expect((await ask([...ID, ...forwarded(alice)])).problems).toEqual(['ERR_MTLS_CERTIFICATE_EXPIRED'])
    expect(store.sets).toEqual([])
  })

  it('put a renewed certificate in the place of the old one', async () => {
    const [seeing, other] = [startProcess(BY_CONNECTION), startProcess(BY_CONNECTION)]
    await seeing([...ID, ...forwarded(alice)])
    await seeing([...ID, ...forwarded(bob)])
    expect((await other(ID)).identity?.thumbprint).toBe(bob.thumbprint)
  })

  it('take a connection that nobody has seen for nobody, and ask again', async () => {
    const [seeing, other] = [startProcess(BY_CONNECTION), startProcess(BY_CONNECTION)]
    expect(await other(ID)).toMatchObject({ evidence: 'none', problems: [] })
    await seeing([...ID, ...forwarded(alice)])
    expect(await other(ID)).toMatchObject({ evidence: 'connection', problems: [] })
  })

  describe('when the store lies', () => {
    it.each<[what: string, lie: Uint8Array]>([
      ['the certificate of another thumbprint', bob.der],
      ['a damaged certificate', alice.der.subarray(0, -1)],
      ['nothing but zeros', new Uint8Array(32)],
      ['nothing', new Uint8Array()],
    ])('refuse %s and report it', async (_what, lie) => {
      store.values.set(`certificate:${alice.thumbprint}`, { value: lie, ttlMs: 1 })
      const context = await startProcess(BY_THUMBPRINT)(transformed(alice))
      expect(context).toMatchObject({ identity: undefined, problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'] })
      expect(warnings).toHaveBeenCalledWith(expect.any(String), {
        type: 'MtlsIdentityWarning',
        code: 'MTLS_IDENTITY_STORE_POISONED',
      })
    })

    it('refuse a thumbprint that is none', async () => {
      await startProcess(BY_CONNECTION)([...ID, ...forwarded(alice)])
      for (const [key, entry] of store.values) if (key.startsWith('connection:')) entry.value = bob.der
      expect(await startProcess(BY_CONNECTION)(ID)).toMatchObject({ evidence: 'none', identity: undefined })
      expect(warnings).toHaveBeenCalledTimes(1)
    })
  })

  describe('when the store does not answer', () => {
    it.each<[what: string, fault: () => Promise<never>]>([
      ['refuses', REFUSE],
      [
        'throws',
        () => {
          throw new Error('bug')
        },
      ],
      ['gives text for bytes', () => Promise.resolve(base64Of(alice.der)) as Promise<never>],
    ])('cannot tell, where it %s', async (_what, fault) => {
      store.fault = fault
      expect(await startProcess(BY_THUMBPRINT)(transformed(alice))).toMatchObject({
        ...AWAY,
        evidence: 'thumbprint',
      })
      expect(await startProcess(BY_CONNECTION)(ID)).toMatchObject({ ...AWAY, evidence: 'none' })
    })

    it('cannot tell after the deadline, where it hangs', async () => {
      store.fault = HANG
      const pending = startProcess({ ...BY_THUMBPRINT, storeTimeoutMs: 30 })(transformed(alice))
      await turn()
      clock.advance(30)
      expect(await pending).toMatchObject(AWAY)
      expect(clock.timers).toBe(0)
    })

    it('still know whom they have seen themselves', async () => {
      store.fault = REFUSE
      const ask = startProcess(BY_CONNECTION)
      expect(await ask([...ID, ...forwarded(alice)])).toMatchObject({ evidence: 'certificate', problems: [] })
      expect(await ask(ID)).toMatchObject({ evidence: 'connection', problems: [] })
    })

    it('still wait for what arrives here', async () => {
      store.fault = REFUSE
      const ask = startProcess({ ...BY_THUMBPRINT, wait: {} })
      const early = ask(transformed(alice))
      await turn()
      await ask([...forwarded(alice), ...transformed(alice)])
      expect(await early).toMatchObject({ evidence: 'thumbprint', problems: [] })
    })

    it('leave it alone but for one call now and then, warn once, and recover by themselves', async () => {
      store.fault = REFUSE
      const ask = startProcess(BY_THUMBPRINT)
      for (let request = 0; request < 10; request++) await ask(transformed(alice))
      expect(store.gets).toHaveLength(1)
      clock.advance(250)
      for (let request = 0; request < 10; request++) await ask(transformed(alice))
      expect(store.gets).toHaveLength(2)
      expect(warnings).toHaveBeenCalledTimes(1)
      expect(warnings).toHaveBeenCalledWith(expect.any(String), {
        type: 'MtlsIdentityWarning',
        code: 'MTLS_IDENTITY_STORE_UNAVAILABLE',
      })
      store.fault = undefined
      store.values.set(`certificate:${alice.thumbprint}`, { value: alice.der, ttlMs: 1 })
      clock.advance(250)
      expect(await ask(transformed(alice))).toMatchObject({ problems: [] })
      expect(await ask(transformed(bob))).toMatchObject({ problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'] })
    })

    it('do not pile up calls to a store that hangs', async () => {
      store.fault = HANG
      const ask = startProcess(BY_CONNECTION)
      const asked = Array.from({ length: 1_500 }, (_, index) => ask([['X-Connection-Id', String(index)]]))
      clock.advance(100)
      const contexts = await Promise.all(asked)
      expect(store.gets).toHaveLength(1_000)
      expect(contexts.every(({ problems }) => problems.includes('ERR_MTLS_STORE_UNAVAILABLE'))).toBe(true)
    })
  })
})
