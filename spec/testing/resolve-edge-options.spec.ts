import { createEdge, type EdgeOptions } from 'mtls-identity/testing'
import { authority } from './support/certificates.js'

const valid: EdgeOptions = { origin: 'http://127.0.0.1:1', clientCa: authority.certificate }

describe('createEdge', () => {
  it.each([
    ['an unknown option', { forwards: 'never' }, /Unknown option "forwards"/],
    ['an unknown way to forward', { forward: 'always' }, /"forward" must be one of: first-request/],
    [
      'an unknown kind of pool',
      { originConnections: 'shared' },
      /"originConnections" must be one of: pooled/,
    ],
    ['an unknown way with client fields', { clientFields: 'keep' }, /"clientFields" must be one of: strip/],
    ['an origin over TLS', { origin: 'https://localhost' }, /"origin" must be an http: URL/],
    ['an origin that is no URL', { origin: 'localhost' }, /Invalid URL/],
  ])('refuses %s', async (_what, wrong, message) => {
    const options = { ...valid, ...wrong } as unknown as EdgeOptions
    await expect(createEdge(options)).rejects.toThrow(message)
    await expect(createEdge(options)).rejects.toMatchObject({ name: 'TypeError' })
  })

  it('takes the origin as a URL and authorities as a list', async () => {
    const edge = await createEdge({ origin: new URL(valid.origin), clientCa: [authority.certificate] })
    await expect(edge.close()).resolves.toBeUndefined()
  })
})
