import { setImmediate as turn } from 'node:timers/promises'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import { mtlsIdentity } from 'mtls-identity'
import { measureEvents } from '../../lib/metrics/measure-events.js'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, SHA256_FIELD, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import { MemoryStore, REFUSE } from '../support/memory-store.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const DAY_MS = 86_400_000
const DAY_SECONDS = 86_400
const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const edge = cloudflare({ clientAuthHeaders: true })

const shown = (minted: MintedCertificate): FieldLines => [...forwarded(minted), ...transformed(minted)]

describe('measureEvents()', () => {
  let measured: [instrument: string, value: number, labels: object][]
  let clock: TestClock
  let stop: () => void

  /** What is measured of one instrument. */
  const of = (wanted: string): [value: number, labels: object][] =>
    measured.filter(([instrument]) => instrument === wanted).map(([, value, labels]) => [value, labels])

  const listen = (): void => {
    clock = new TestClock()
    // Certificates know whole seconds only.
    clock.stepWallClock(-(clock.now() % 1_000))
    measured = []
    stop = measureEvents((...args) => measured.push(args), clock)
  }

  beforeEach(() => {
    jest.spyOn(process, 'emitWarning').mockReturnValue()
    listen()
  })

  afterEach(() => {
    stop()
    jest.restoreAllMocks()
  })

  it('measures the shared store', async () => {
    const store = new MemoryStore()
    const options = { trust: 'loopback', edge, store, wait: { maxMs: 0 } }
    const seeing = createMiddleware(options, clock)
    const asking = createMiddleware(options, clock)
    const ask = (): Promise<unknown> => asking.identify(fakeRequest({ fields: transformed(alice) }))
    store.fault = REFUSE
    await ask()
    clock.advance(250)
    store.fault = undefined
    await seeing.identify(fakeRequest({ fields: shown(alice) }))
    await turn()
    await ask()
    await ask()
    expect(of('storeCallDuration')).toEqual([
      [0, { operation: 'get', result: 'failed' }],
      [0, { operation: 'set', result: 'ok' }],
      [0, { operation: 'get', result: 'ok' }],
    ])
    expect([of('storeOutages'), of('storeRecoveries')]).toEqual([[[1, {}]], [[1, {}]]])
    expect(of('parseDuration').map(([, labels]) => labels)).toEqual([
      { source: 'request' },
      { source: 'store' },
    ])
    expect(of('cacheLookups').map(([, labels]) => labels)).toEqual([
      { result: 'miss' },
      { result: 'miss' },
      { result: 'miss' },
      { result: 'hit' },
    ])
  })

  it('counts what the store gives back and what cannot be right', async () => {
    const store = new MemoryStore()
    store.values.set(`certificate:${alice.thumbprint}`, { value: Uint8Array.of(1), ttlMs: 1 })
    const middleware = createMiddleware({ trust: 'loopback', edge, store, wait: { maxMs: 0 } }, clock)
    await middleware.identify(fakeRequest({ fields: transformed(alice) }))
    expect(of('storePoisonings')).toEqual([[1, {}]])
  })

  it('counts the proof of pooling, and inferred requests apart', async () => {
    const middleware = mtlsIdentity({ trust: 'loopback' })
    const socket = loopbackSocket()
    for (const fields of [forwarded(alice), [], forwarded(alice)])
      await middleware.identify(fakeRequest({ fields, socket }))
    expect(of('poolingProofs')).toEqual([[1, {}]])
    expect(of('requests').map(([, labels]) => labels)).toEqual([
      { evidence: 'certificate', outcome: 'problem' },
      { evidence: 'inferred', outcome: 'problem' },
      { evidence: 'certificate', outcome: 'problem' },
    ])
  })

  it('measures the time to expiry once a day for each certificate, 0 when it has expired', async () => {
    const middleware = createMiddleware({ trust: 'loopback', edge }, clock)
    const [short, late] = [0.5, -0.5].map((days) =>
      authority.issue({
        subject: { commonName: 'short' },
        notBefore: new Date(clock.now() - 9 * DAY_MS),
        notAfter: new Date(clock.now() + days * DAY_MS),
      }),
    ) as [MintedCertificate, MintedCertificate]
    for (const minted of [short, late, short])
      await middleware.identify(fakeRequest({ fields: shown(minted) }))
    expect(of('timeToExpiry')).toEqual([
      [0.5 * DAY_SECONDS, { verified_by: 'edge' }],
      [0, { verified_by: 'edge' }],
    ])
    clock.advance(DAY_MS)
    await middleware.identify(fakeRequest({ fields: shown(short) }))
    expect(of('timeToExpiry')).toHaveLength(3)
  })

  it('says where nobody has verified the certificate', async () => {
    await mtlsIdentity({ trust: 'loopback' }).identify(fakeRequest({ fields: forwarded(alice) }))
    expect(of('timeToExpiry')).toMatchObject([[expect.any(Number), { verified_by: 'none' }]])
  })

  it('has the same labels whatever clients send', async () => {
    const middleware = createMiddleware({ trust: 'loopback', edge, onInvalid: 'ignore' }, clock)
    const send = async (commonName: string): Promise<void> => {
      const minted = authority.issue({ subject: { commonName } })
      for (const fields of [shown(minted), transformed(minted), [[SHA256_FIELD, commonName]] as const])
        await middleware.identify(fakeRequest({ fields }))
    }
    const labelSets = (): Set<string> =>
      new Set(measured.map(([name, , labels]) => JSON.stringify([name, labels])))
    await send('alice')
    const first = labelSets()
    for (const name of [
      'evidence="certificate"',
      '\n# TYPE x counter',
      '\u202e\u0000',
      'ERR_MTLS_POLICY_DENIED',
    ])
      await send(name)
    expect(labelSets()).toEqual(first)
  })
})
