import { mtlsIdentity, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import { MemoryStore } from '../support/memory-store.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'
import { hear } from './support/hear.js'

const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const SHOWN: FieldLines = [...forwarded(alice), ...transformed(alice)]
const DECLARED: MtlsIdentityOptions = { trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }) }

/** A clock of which every look costs a millisecond. */
class SlowClock extends TestClock {
  override monotonicMs(): number {
    this.advance(1)
    return super.monotonicMs()
  }
}

const start = (options: MtlsIdentityOptions = {}): ((fields: FieldLines) => Promise<MtlsContext>) => {
  const middleware = createMiddleware({ ...DECLARED, ...options }, new SlowClock())
  return (fields) => middleware.identify(fakeRequest({ fields }))
}

describe('mtls-identity:admitted', () => {
  it('comes once for a certificate that a request brings, with how long that took', async () => {
    const heard = hear('mtls-identity:admitted')
    const identify = start()
    const { identity } = await identify(SHOWN)
    await identify(SHOWN)
    await identify(transformed(alice))
    expect(heard).toEqual([['admitted', { identity, source: 'request', durationMs: 1 }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })

  it('comes for a certificate that the shared store has', async () => {
    const store = new MemoryStore()
    await start({ store })(SHOWN)
    const heard = hear('mtls-identity:admitted')
    const { identity } = await start({ store })(transformed(alice))
    expect(heard).toEqual([['admitted', { identity, source: 'store', durationMs: 1 }]])
  })

  it('comes again for a certificate that was displaced', async () => {
    const heard = hear('mtls-identity:admitted')
    const identify = start({ cache: { maxCertificates: 1 } })
    const bob = createCertificateAuthority().issue({ subject: { commonName: 'bob' } })
    for (const client of [alice, bob, alice]) await identify([...forwarded(client), ...transformed(client)])
    expect(heard).toHaveLength(3)
  })

  it('does not come for what is no certificate', async () => {
    const heard = hear('mtls-identity:admitted')
    const junk = { ...alice, der: Uint8Array.of(0x30, 0) }
    await expect(start()([...forwarded(junk), ...transformed(junk)])).rejects.toThrow('SHA-256')
    expect(heard).toEqual([])
  })
})

describe('mtls-identity:pooling-proven', () => {
  it('comes once, with the request that showed it', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const heard = hear('mtls-identity:pooling-proven')
    const middleware = mtlsIdentity({ trust: 'loopback', edge: cloudflare() })
    const socket = loopbackSocket()
    const requests = [1, 2, 3].map(() => fakeRequest({ fields: forwarded(alice), socket }))
    for (const req of requests) await middleware.identify(req)
    expect(heard).toEqual([['pooling-proven', { request: requests[1] }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
    expect(warnings).toHaveBeenCalledTimes(1)
    warnings.mockRestore()
  })
})
