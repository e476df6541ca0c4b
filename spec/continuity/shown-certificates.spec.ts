import { ShownCertificates } from '../../lib/continuity/shown-certificates.js'
import { TestClock } from '../support/test-clock.js'

const A = { id: '1', host: 'a.example' }
const B = { id: '1', host: 'b.example' }
const create = (maxConnections = 10): ShownCertificates =>
  new ShownCertificates({ maxConnections, ttlMs: 1_000, clock: new TestClock() })

describe('ShownCertificates', () => {
  it('gives what a connection has shown to a host, and nothing to another', () => {
    const shown = create()
    shown.set(A, 'alice')
    expect([shown.get(A), shown.get(B), shown.get({ id: '2', host: A.host })]).toEqual([
      'alice',
      undefined,
      undefined,
    ])
  })

  it('gives it to every host to which it was shown', () => {
    const shown = create()
    shown.set(A, 'alice')
    shown.set(B, 'alice')
    expect([shown.get(A), shown.get(B)]).toEqual(['alice', 'alice'])
  })

  it('puts a renewed certificate in the place of the earlier one for every host', () => {
    const shown = create()
    shown.set(A, 'alice')
    shown.set(B, 'alice')
    shown.set(A, 'alice renewed')
    expect([shown.get(A), shown.get(B)]).toEqual(['alice renewed', undefined])
  })

  it('remembers sixteen hosts of a connection, the last ones', () => {
    const shown = create()
    const hosts = Array.from({ length: 17 }, (_, index) => `${index}.example`)
    for (const host of hosts) shown.set({ id: '1', host }, 'alice')
    const known = hosts.filter((host) => shown.get({ id: '1', host }) === 'alice')
    expect(known).toEqual(hosts.slice(1))
  })

  it('counts connections, not hosts', () => {
    const shown = create(1)
    shown.set(A, 'alice')
    shown.set(B, 'alice')
    expect(shown.get(A)).toBe('alice')
    shown.set({ id: '2', host: A.host }, 'bob')
    expect(shown.get(A)).toBeUndefined()
  })
})
