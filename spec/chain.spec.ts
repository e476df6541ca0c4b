import { mtlsIdentity, type MtlsContext } from 'mtls-identity'
import { cloudflare, type Edge } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { base64Of } from './support/cloudflare-fields.js'
import { fakeRequest } from './support/fake-request.js'

const root = createCertificateAuthority()
const intermediate = root.issueAuthority({ subject: { commonName: 'Intermediate' } })
const alice = intermediate.issue({ subject: { commonName: 'alice' } })
const other = intermediate.issue({ subject: { commonName: 'other' } })

/** An edge that sends the intermediates as a list of base64. */
const decodeChain = jest.fn((text: string) => text.split(',').map((part) => Buffer.from(part, 'base64')))
const edge: Edge = {
  ...cloudflare(),
  fields: ['cert', 'chain'],
  read: ({ headers }) => ({
    certificate: headers['cert'] as string,
    chain: headers['chain'] as string | undefined,
    thumbprint: undefined,
    hashes: [],
    assertions: {},
    verifiedBy: 'edge',
  }),
  decodeChain,
}

const identifyWith =
  (used: Edge) =>
  (...chain: readonly Uint8Array[]): Promise<MtlsContext> => {
    const middleware = mtlsIdentity({ edge: used, trust: 'loopback' })
    const fields = [['Cert', base64Of(alice.der)] as const]
    if (chain.length === 0) return middleware.identify(fakeRequest({ fields }))
    return middleware.identify(fakeRequest({ fields: [...fields, ['Chain', chain.map(base64Of).join(',')]] }))
  }

describe('the intermediate certificates that come with a certificate', () => {
  const identify = identifyWith(edge)

  it('are its chain, in order', async () => {
    const { identity } = await identify(intermediate.der, root.der)
    expect(identity?.chain.map(({ subject }) => subject)).toEqual(['CN=Intermediate', 'CN=Test CA'])
    expect(identity?.chain).toBe(identity?.chain)
    expect(Object.isFrozen(identity?.chain)).toBe(true)
  })

  it('never change who the client is', async () => {
    const { identity } = await identify(other.der, intermediate.der)
    expect([identity?.thumbprint, identity?.subject.commonName]).toEqual([alice.thumbprint, 'alice'])
  })

  it('are none where none came', async () => {
    expect((await identify()).identity?.chain).toEqual([])
  })

  it('are none where the edge cannot decode them', async () => {
    const rest: Partial<Edge> = { ...edge }
    Reflect.deleteProperty(rest, 'decodeChain')
    expect((await identifyWith(rest as Edge)(intermediate.der)).identity?.chain).toEqual([])
  })

  it.each<[what: string, chain: readonly Uint8Array[]]>([
    ['a damaged one', [intermediate.der.subarray(0, -1)]],
    ['a damaged one behind a sound one', [intermediate.der, Buffer.from('3000', 'hex')]],
    ['more than ten', Array.from({ length: 11 }, () => intermediate.der)],
  ])('are refused with %s among them', async (_what, chain) => {
    await expect(identify(...chain)).rejects.toMatchObject({ code: 'ERR_MTLS_CERTIFICATE_INVALID' })
  })

  it('are decoded once for each certificate that is new', async () => {
    const middleware = mtlsIdentity({ edge, trust: 'loopback' })
    decodeChain.mockClear()
    for (const socket of [1, 2].map(() => ({ remoteAddress: '127.0.0.1' }))) {
      const fields = [
        ['Cert', base64Of(alice.der)],
        ['Chain', base64Of(intermediate.der)],
      ] as const
      await middleware.identify(fakeRequest({ socket, fields }))
    }
    expect(decodeChain).toHaveBeenCalledTimes(1)
  })
})
