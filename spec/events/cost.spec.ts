import type { MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import * as channels from '../../lib/events/channels.js'
import type { EventChannel } from '../../lib/events/channels.js'
import { createMiddleware, type MtlsIdentityMiddleware } from '../../lib/middleware.js'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import { MemoryStore, REFUSE } from '../support/memory-store.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const { EVENT_NAMES, ...CHANNELS } = channels
const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const SHOWN: FieldLines = [...forwarded(alice), ...transformed(alice)]

describe('an event that nobody listens to', () => {
  const asked: unknown[] = []
  const publish = jest.fn()
  let clock: TestClock
  let store: MemoryStore

  const start = (options: MtlsIdentityOptions = {}): MtlsIdentityMiddleware =>
    createMiddleware({ trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }), ...options }, clock)

  beforeAll(() => {
    for (const channel of Object.values<EventChannel<never>>(CHANNELS)) {
      const hasSubscribers = (): boolean => {
        asked.push(channel.name)
        return false
      }
      Object.defineProperty(channel, 'hasSubscribers', { configurable: true, get: hasSubscribers })
      Object.defineProperty(channel, 'publish', { configurable: true, value: publish })
    }
  })

  afterAll(() => {
    for (const channel of Object.values(CHANNELS)) {
      Reflect.deleteProperty(channel, 'hasSubscribers')
      Reflect.deleteProperty(channel, 'publish')
    }
  })

  beforeEach(() => {
    clock = new TestClock()
    store = new MemoryStore()
    jest.spyOn(process, 'emitWarning').mockReturnValue()
  })

  afterEach(() => {
    expect(publish).not.toHaveBeenCalled()
    jest.restoreAllMocks()
  })

  it.each<[what: string, fields: FieldLines, options: MtlsIdentityOptions]>([
    ['by its certificate', SHOWN, {}],
    ['by its thumbprint', transformed(alice), {}],
    ['with a store', transformed(alice), { store: new MemoryStore() }],
  ])(
    'costs a known client %s one question, no payload and no look at a clock',
    async (_what, fields, options) => {
      const middleware = start(options)
      await middleware.identify(fakeRequest({ fields: SHOWN }))
      await middleware.identify(fakeRequest({ fields }))
      const [now, monotonicMs] = [jest.spyOn(clock, 'now'), jest.spyOn(clock, 'monotonicMs')]
      const freeze = jest.spyOn(Object, 'freeze')
      asked.length = 0
      const { identity } = await middleware.identify(fakeRequest({ fields }))
      expect([identity?.thumbprint, asked]).toEqual([alice.thumbprint, ['mtls-identity:recognised']])
      expect(freeze).not.toHaveBeenCalled()
      // Whether the certificate is valid now is asked on every request.
      expect([now.mock.calls.length, monotonicMs.mock.calls.length]).toEqual([1, 0])
    },
  )

  it('costs a new certificate and the store no look at a clock', async () => {
    const middleware = start({ store, wait: { maxMs: 0 } })
    // The first request of all takes the only look.
    await middleware.identify(fakeRequest())
    const monotonicMs = jest.spyOn(clock, 'monotonicMs')
    await middleware.identify(fakeRequest({ fields: transformed(alice) }))
    await middleware.identify(fakeRequest({ fields: SHOWN }))
    expect([store.gets.length, store.sets.length, monotonicMs.mock.calls.length]).toEqual([1, 1, 0])
  })

  it.each<[what: string, ask: () => Promise<unknown>]>([
    [
      'a request that is refused',
      () => start({ onInvalid: 'ignore' }).identify(fakeRequest({ fields: forwarded(alice).slice(1) })),
    ],
    [
      'a request from another peer',
      () => start().identify(fakeRequest({ fields: SHOWN, socket: loopbackSocket('203.0.113.9') })),
    ],
    [
      'a store that fails',
      () => {
        store.fault = REFUSE
        return start({ store, wait: { maxMs: 0 } }).identify(fakeRequest({ fields: transformed(alice) }))
      },
    ],
  ])('builds no payload for %s', async (_what, ask) => {
    asked.length = 0
    await ask()
    expect(asked).not.toEqual([])
  })

  it('has been listened to by nobody here', () => {
    expect(Object.values(CHANNELS).map(({ name }) => name)).toEqual(EVENT_NAMES)
  })
})
