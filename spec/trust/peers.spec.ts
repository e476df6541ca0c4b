import { peers } from 'mtls-identity/trust'
import { fakeRequest } from '../support/fake-request.js'

const from = (
  remoteAddress: string | undefined,
  fields: readonly (readonly [string, string])[] = [],
): ReturnType<typeof fakeRequest> => fakeRequest({ socket: { remoteAddress }, fields })

describe('peers', () => {
  it.each([
    ['an address', '192.0.2.1', '192.0.2.1'],
    ['a CIDR', ['192.0.2.0/24'], '192.0.2.77'],
    ['a comma-separated string', '203.0.113.1, 192.0.2.0/24', '192.0.2.77'],
    ['an IPv4 peer on an IPv6 socket', '192.0.2.0/24', '::ffff:192.0.2.77'],
    ['IPv6', ['2001:db8::/32'], '2001:db8::1'],
    ['loopback', 'loopback', '::1'],
    ['uniquelocal', ['uniquelocal'], '10.1.2.3'],
  ])('believes %s', (_what, list, address) => {
    expect(peers(list).isEdge(from(address))).toBe(true)
  })

  it.each([
    ['another address', '192.0.2.2'],
    ['a peer without an address', undefined],
    ['an address that is none', 'localhost'],
    ['an empty address', ''],
  ])('does not believe %s', (_what, address) => {
    expect(peers('192.0.2.1').isEdge(from(address))).toBe(false)
  })

  it('does not look at forwarded addresses', () => {
    const fields = [
      ['X-Forwarded-For', '192.0.2.1'],
      ['Cf-Connecting-Ip', '192.0.2.1'],
      ['Forwarded', 'for=192.0.2.1'],
    ] as const
    expect(peers('192.0.2.1').isEdge(from('203.0.113.9', fields))).toBe(false)
  })

  it('decides once on each connection', () => {
    const addresses = ['192.0.2.1', '203.0.113.9']
    const socket = {
      get remoteAddress() {
        return addresses.shift()
      },
    }
    const trust = peers('192.0.2.1')
    expect([trust.isEdge(fakeRequest({ socket })), trust.isEdge(fakeRequest({ socket }))]).toEqual([
      true,
      true,
    ])
    expect(addresses).toEqual(['203.0.113.9'])
  })

  it.each<[what: string, list: unknown]>([
    ['an empty list', []],
    ['an empty string', ''],
    ['true, which would believe everybody', true],
    ['a number of hops', 1],
    ['no string', [127]],
    ['no address', 'edge.example'],
    ['a CIDR that is none', '192.0.2.0/33'],
  ])('does not take %s', (_what, list) => {
    expect(() => peers(list as string)).toThrow(TypeError)
  })
})
