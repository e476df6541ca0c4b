import { CLOUDFLARE_NETWORKS } from 'mtls-identity/trust'
import { resolveNetworks } from '../../lib/trust/networks.js'

const slashes = (count: number, prefix: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index + 1}.0.0.0/${prefix}`)

describe('resolveNetworks', () => {
  it.each<[what: string, list: readonly string[]]>([
    ["Cloudflare's", CLOUDFLARE_NETWORKS.networks],
    ['one address', ['192.0.2.1/32', '2001:db8::1/128']],
    ['a /8 of IPv4', ['100.0.0.0/8']],
    ['a /8 of IPv4 in parts', slashes(16, 12)],
    ['a /24 of IPv6', ['2606:4700::/24']],
    ['IPv6 in upper case', ['2606:ABCD::/32']],
  ])('takes %s', (_what, list) => {
    expect(resolveNetworks(list, 'networks')).toEqual(list)
  })

  it.each<[what: string, list: unknown, message: string]>([
    ['nothing', undefined, 'networks must be a list'],
    ['a string', '192.0.2.0/24', 'networks must be a list'],
    ['an empty list', [], 'networks must be a list'],
    ['something else in the list', ['192.0.2.0/24', 7], 'networks[1] must be'],
    ['an address without a prefix', ['192.0.2.1'], 'networks[0] must be'],
    ['a name', ['loopback'], 'networks[0] must be'],
    ['a prefix that is too long', ['192.0.2.0/33'], 'networks[0] must be'],
    ['an IPv6 prefix that is too long', ['2001:db8::/129'], 'networks[0] must be'],
    ['a prefix with a zero before it', ['192.0.2.0/08'], 'networks[0] must be'],
    ['a netmask', ['192.0.2.0/255.255.255.0'], 'networks[0] must be'],
    ['an address that is none', ['192.0.2.256/32'], 'networks[0] must be'],
    ['an address with a zone', ['2001:db8::1%eth0/64'], 'networks[0] must be'],
    ['white space', [' 192.0.2.0/24'], 'networks[0] must be'],
    ['two on a line', ['131.0.72.0/222400:cb00::/32'], 'networks[0] must be'],
    ['everybody', ['0.0.0.0/0'], 'in all'],
    ['everybody in two halves', ['0.0.0.0/1', '128.0.0.0/1'], 'in all'],
    ['everybody in parts that are small each', slashes(223, 8), 'in all'],
    ['a little more than a /8', ['100.0.0.0/8', '192.0.2.1/32'], 'in all'],
    ['everybody of IPv6', ['2000::/3'], 'in all'],
    ['a little more than a /24', ['2606:4700::/24', '2001:db8::1/64'], 'in all'],
    ['everybody of IPv4 as IPv6', ['::ffff:0:0/96'], 'networks[0] must be'],
    ['everybody of IPv4 as IPv6, dotted', ['::ffff:0.0.0.0/96'], 'networks[0] must be'],
    ['loopback of IPv6', ['::1/128'], 'networks[0] must be'],
    ['a private network of IPv6', ['fc00::/32'], 'networks[0] must be'],
  ])('does not take %s', (_what, list, message) => {
    const resolve = (): unknown => resolveNetworks(list, 'networks')
    expect(resolve).toThrow(TypeError)
    expect(resolve).toThrow(message)
  })
})
