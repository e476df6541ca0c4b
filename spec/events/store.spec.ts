import { setImmediate as turn } from 'node:timers/promises'
import type { MtlsContext } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import { HANG, MemoryStore, REFUSE } from '../support/memory-store.js'
import { TestClock } from '../support/test-clock.js'
import { hear } from './support/hear.js'

const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })

let clock: TestClock
let store: MemoryStore
let ask: () => Promise<MtlsContext>
let warnings: jest.SpyInstance

beforeEach(() => {
  clock = new TestClock()
  store = new MemoryStore()
  const middleware = createMiddleware(
    { trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }), store, wait: { maxMs: 0 } },
    clock,
  )
  ask = () => middleware.identify(fakeRequest({ fields: transformed(alice) }))
  warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
})

afterEach(() => {
  warnings.mockRestore()
})

/** Answers after 7 ms. */
const slowly = async (): Promise<never> => {
  clock.advance(7)
  return Promise.resolve(undefined as never)
}

describe('mtls-identity:store-called', () => {
  it('says how a call ended, and after how long', async () => {
    const heard = hear('mtls-identity:store-called')
    store.fault = slowly
    await ask()
    expect(heard).toEqual([['store-called', { operation: 'get', result: 'ok', durationMs: 7 }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })

  it('comes for what is written', async () => {
    const heard = hear('mtls-identity:store-called')
    const edge = cloudflare({ enforced: true })
    const middleware = createMiddleware({ trust: 'loopback', edge, store }, clock)
    await middleware.identify(fakeRequest({ fields: forwarded(alice) }))
    await turn()
    expect(heard).toEqual([['store-called', { operation: 'set', result: 'ok', durationMs: 0 }]])
  })

  it('comes for a call that had no answer in time', async () => {
    const heard = hear('mtls-identity:store-called')
    store.fault = HANG
    const asked = ask()
    await turn()
    clock.advance(100)
    expect((await asked).problems).toEqual(['ERR_MTLS_STORE_UNAVAILABLE'])
    expect(heard).toEqual([['store-called', { operation: 'get', result: 'failed', durationMs: 100 }]])
  })

  it('does not come for a call that is not made', async () => {
    store.fault = REFUSE
    await ask()
    const heard = hear('mtls-identity:store-called')
    await ask()
    expect(heard).toEqual([])
  })
})

describe('mtls-identity:store-failed and mtls-identity:store-recovered', () => {
  it('come once for an outage, with its cause and how long it was', async () => {
    const heard = hear('mtls-identity:store-failed', 'mtls-identity:store-recovered')
    await ask()
    store.fault = REFUSE
    for (let request = 0; request < 3; request++) {
      await ask()
      clock.advance(250)
    }
    expect(heard).toEqual([['store-failed', { error: new Error('ECONNREFUSED') }]])
    store.fault = undefined
    await ask()
    await ask()
    expect(heard.slice(1)).toEqual([['store-recovered', { outageMs: 750 }]])
    expect(heard.every(([, event]) => Object.isFrozen(event))).toBe(true)
    expect(warnings).toHaveBeenCalledTimes(1)
  })

  it('come to pass without anybody who listens', async () => {
    store.fault = REFUSE
    await ask()
    clock.advance(250)
    store.fault = undefined
    expect((await ask()).problems).toEqual(['ERR_MTLS_CERTIFICATE_UNKNOWN'])
  })
})

describe('mtls-identity:store-poisoned', () => {
  it('comes for a value that is not the one of its key', async () => {
    const heard = hear('mtls-identity:store-poisoned')
    store.values.set(`certificate:${alice.thumbprint}`, { value: Uint8Array.of(1), ttlMs: 1 })
    await ask()
    expect(heard).toEqual([['store-poisoned', {}]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })
})
