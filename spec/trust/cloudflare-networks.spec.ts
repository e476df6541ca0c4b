import { mtlsIdentity } from 'mtls-identity'
import { CLOUDFLARE_NETWORKS, cloudflareNetworks, type CloudflareNetworksOptions } from 'mtls-identity/trust'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'

const from = (address: string): ReturnType<typeof fakeRequest> =>
  fakeRequest({ socket: loopbackSocket(address) })

describe('cloudflareNetworks', () => {
  it.each(['173.245.48.1', '104.16.0.1', '172.71.255.254', '2606:4700::1', '::ffff:162.158.1.1'])(
    'believes %s',
    (address) => {
      expect(cloudflareNetworks().isEdge(from(address))).toBe(true)
    },
  )

  it.each(['127.0.0.1', '10.0.0.1', '104.32.0.1', '172.63.255.255', '2606:4800::1'])(
    'does not believe %s',
    (address) => {
      expect(cloudflareNetworks().isEdge(from(address))).toBe(false)
    },
  )

  it('has a list that says of when it is', () => {
    expect(CLOUDFLARE_NETWORKS.asOf).toMatch(/^\d{4}-\d{2}$/)
    expect(cloudflareNetworks().networks).toEqual(CLOUDFLARE_NETWORKS.networks)
    expect(cloudflareNetworks().networks).toHaveLength(22)
  })

  it('believes another list instead where one is given', () => {
    const trust = cloudflareNetworks({ networks: ['192.0.2.0/24'] })
    expect([trust.isEdge(from('192.0.2.7')), trust.isEdge(from('104.16.0.1'))]).toEqual([true, false])
  })

  it('judges connections again that it judged before an update', async () => {
    const trust = cloudflareNetworks()
    const middleware = mtlsIdentity({ trust })
    const [dropped, added] = [loopbackSocket('104.16.0.1'), loopbackSocket('192.0.2.7')]
    const problems = async (): Promise<unknown[]> =>
      Promise.all(
        [dropped, added].map(async (socket) => (await middleware.identify(fakeRequest({ socket }))).problems),
      )
    expect(await problems()).toEqual([[], ['ERR_MTLS_UNTRUSTED_PEER']])
    trust.update(['192.0.2.0/24'])
    expect(trust.networks).toEqual(['192.0.2.0/24'])
    expect(await problems()).toEqual([['ERR_MTLS_UNTRUSTED_PEER'], []])
  })

  it('decides once on each connection between updates', () => {
    const addresses = ['104.16.0.1', '127.0.0.1']
    const socket = {
      get remoteAddress() {
        return addresses.shift()
      },
    }
    const trust = cloudflareNetworks()
    expect([1, 2].map(() => trust.isEdge(fakeRequest({ socket })))).toEqual([true, true])
    trust.update(CLOUDFLARE_NETWORKS.networks)
    expect(trust.isEdge(fakeRequest({ socket }))).toBe(false)
  })

  it('keeps its list when an update is none', () => {
    const trust = cloudflareNetworks()
    expect(() => {
      trust.update(['0.0.0.0/0'])
    }).toThrow(TypeError)
    expect(trust.networks).toEqual(CLOUDFLARE_NETWORKS.networks)
    expect(trust.isEdge(from('203.0.113.9'))).toBe(false)
  })

  it('does not follow what becomes of a list that it was given', () => {
    const networks = ['192.0.2.0/24']
    const trust = cloudflareNetworks({ networks })
    networks[0] = '203.0.113.0/24'
    expect(trust.isEdge(from('203.0.113.9'))).toBe(false)
    expect(Object.isFrozen(trust.networks)).toBe(true)
  })

  it('has no other option', () => {
    const options = { network: ['192.0.2.0/24'] } as CloudflareNetworksOptions
    expect(() => cloudflareNetworks(options)).toThrow("'network'")
  })
})
