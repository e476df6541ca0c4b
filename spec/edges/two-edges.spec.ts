import type { IncomingMessage } from 'node:http'
import express from 'express'
import { mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare, envoy } from 'mtls-identity/edges'
import { forwarded } from '../support/cloudflare-fields.js'
import { listen, type Origin } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'
import { alice, bob, urlPem } from './support/encodings.js'

/** Stands for two networks: which of them a peer is in. */
const NETWORK = 'x-network'
const isIn =
  (network: string) =>
  ({ headers }: IncomingMessage): boolean =>
    headers[NETWORK] === network

const CLOUDFLARE: FieldLines = forwarded(alice)
const ENVOY: FieldLines = [
  ['X-Forwarded-Client-Cert', `Hash=${bob.thumbprint};Cert="${urlPem(bob.certificate)}"`],
]

describe('two edges of one origin', () => {
  let origin: Origin
  beforeAll(async () => {
    const app = express()
    app.use(mtlsIdentity({ edge: cloudflare({ enforced: true }), trust: isIn('cloudflare') }))
    app.use(mtlsIdentity({ edge: envoy({ enforced: true }), trust: isIn('mesh') }))
    app.get('/', (req, res) => {
      const { identity, problems } = req.mtls
      const fields = Object.keys(req.headers).filter((name) => /^cf-|client-cert/.test(name))
      res.json({ thumbprint: identity?.thumbprint, problems, fields })
    })
    app.get('/guarded', requireIdentity(), (_req, res) => res.json({}))
    origin = await listen(app)
  })
  afterAll(() => origin.close())

  const get = async (network: string, fields: FieldLines, path = '/'): Promise<object> => {
    const client = new RawClient(origin.port)
    const report = await client.get(path, [[NETWORK, network], ...fields])
    client.close()
    return report
  }

  it.each([
    ['Cloudflare', 'cloudflare', alice.thumbprint, ['cf-client-cert-der-base64', 'cf-client-cert-sha256']],
    ['the mesh', 'mesh', bob.thumbprint, ['x-forwarded-client-cert']],
  ])(
    'reads the fields of %s alone where a request comes from there',
    async (_what, network, thumbprint, fields) => {
      expect(await get(network, [...CLOUDFLARE, ...ENVOY])).toEqual({
        status: 200,
        thumbprint,
        problems: [],
        fields,
      })
      expect(await get(network, [...CLOUDFLARE, ...ENVOY], '/guarded')).toMatchObject({ status: 200 })
    },
  )

  it.each([
    ['Cloudflare', 'cloudflare', ENVOY],
    ['the mesh', 'mesh', CLOUDFLARE],
  ])("does not take the other one's word from %s", async (_what, network, fields) => {
    expect(await get(network, fields)).toEqual({ status: 200, problems: [], fields: [] })
  })

  it('takes nobody else at their word, and removes the fields of both', async () => {
    expect(await get('internet', [...CLOUDFLARE, ...ENVOY])).toEqual({
      status: 200,
      problems: ['ERR_MTLS_UNTRUSTED_PEER'],
      fields: [],
    })
  })
})
