import { generateKeyPairSync } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { connectionId, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority, createSelfSigned, type MintedCertificate } from 'mtls-identity/testing'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const CONNECTIONS = 20_000
const CERTIFICATES = 1_000
const MAX_CONNECTIONS = 1_000
const MAX_CERTIFICATES = 100

type Ask = (fields: FieldLines) => Promise<MtlsContext>

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const id = (connection: number): FieldLines => [['X-Connection-Id', `connection-${connection}`]]

/** The places of the values for which it is known who is calling. */
const knownAmong = async <T>(
  values: readonly T[],
  ask: (value: T) => Promise<MtlsContext>,
): Promise<number[]> => {
  const contexts = await Promise.all(values.map(ask))
  return contexts.flatMap(({ identity }, index) => (identity === undefined ? [] : [index]))
}

describe('memory under attack', () => {
  const clock = new TestClock()
  const cache = { maxConnections: MAX_CONNECTIONS, maxCertificates: MAX_CERTIFICATES }

  const start = (options: MtlsIdentityOptions): Ask => {
    const middleware = createMiddleware({ trust: 'loopback', cache, wait: { maxMs: 0 }, ...options }, clock)
    return (fields) => middleware.identify(fakeRequest({ fields }))
  }

  it('holds the last connections of twenty thousand, and no more', async () => {
    const ask = start({ edge: cloudflare({ enforced: true }), continuity: connectionId('X-Connection-Id') })
    const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
    for (const connection of range(CONNECTIONS)) await ask([...id(connection), ...forwarded(alice)])
    const known = await knownAmong(range(CONNECTIONS), (connection) => ask(id(connection)))
    expect(known).toEqual(range(CONNECTIONS).slice(-MAX_CONNECTIONS))
  })

  describe('by a thousand certificates that nobody has signed', () => {
    let forgeries: readonly MintedCertificate[]

    beforeAll(() => {
      const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const subject = { commonName: 'forged' }
      forgeries = range(CERTIFICATES).map(() => createSelfSigned({ subject, key }))
    })

    it('holds the last ones, and no more', async () => {
      const ask = start({ edge: cloudflare({ clientAuthHeaders: true }) })
      for (const forgery of forgeries) {
        const { identity } = await ask([...forwarded(forgery), ...transformed(forgery)])
        expect(identity?.thumbprint).toBe(forgery.thumbprint)
      }
      const known = await knownAmong(forgeries, (forgery) => ask(transformed(forgery)))
      expect(known).toEqual(range(CERTIFICATES).slice(-MAX_CERTIFICATES))
    })

    it('lets no more than the limit wait for them', async () => {
      const ask = start({ edge: cloudflare({ clientAuthHeaders: true }), wait: { maxWaiters: 50 } })
      const waiting = forgeries.map((forgery) => ask(transformed(forgery)))
      await turn()
      expect(clock.timers).toBe(50)
      clock.advance(50)
      const contexts = await Promise.all(waiting)
      expect(contexts.every(({ problems }) => problems.includes('ERR_MTLS_CERTIFICATE_UNKNOWN'))).toBe(true)
      expect(clock.timers).toBe(0)
    })
  })
})
