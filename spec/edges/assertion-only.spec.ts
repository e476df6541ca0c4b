import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflareWorker } from 'mtls-identity/edges'
import { sharedSecret } from 'mtls-identity/trust'
import { listen, type Origin } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'
import { alice, bob } from './support/encodings.js'

const SECRET = 'a-secret-that-nobody-else-knows'
const ALLOWED = new Set<string | undefined>([alice.thumbprint])

/** The one of examples/worker/README.md. */
const requireAsserted: RequestHandler = (req, _res, next) => {
  const { verified, revoked, thumbprint } = req.mtls.asserted
  const isAllowed = verified === true && revoked === false && ALLOWED.has(thumbprint)
  next(isAllowed ? undefined : new MtlsIdentityError('ERR_MTLS_POLICY_DENIED'))
}

const said = (thumbprint: string, verify = 'SUCCESS', revoked = '0'): FieldLines => [
  ['X-CERT-PRESENTED', '1'],
  ['X-CERT-SHA256', thumbprint],
  ['X-CERT-VERIFY', verify],
  ['X-CERT-REVOKED', revoked],
]
const bySecret = (fields: FieldLines, secret = SECRET): FieldLines => [...fields, ['X-Origin-Secret', secret]]

describe('an edge that sends no certificate', () => {
  let origin: Origin
  beforeAll(async () => {
    const fields = { sha256: 'X-CERT-SHA256', presented: 'X-CERT-PRESENTED', revoked: 'X-CERT-REVOKED' }
    const trust = sharedSecret({ field: 'X-Origin-Secret', secrets: SECRET })
    const app = express()
    app.use(mtlsIdentity({ edge: cloudflareWorker({ fields }), trust, wait: { maxMs: 0 } }))
    app.get('/internal', requireAsserted, (_req, res) => res.json({}))
    app.get('/guarded', requireIdentity(), (_req, res) => res.json({}))
    const report: ErrorRequestHandler = (error: unknown, _req, res, next) => {
      if (error instanceof MtlsIdentityError) res.status(error.status).json({ code: error.code })
      else next(error)
    }
    app.use(report)
    origin = await listen(app)
  })
  afterAll(() => origin.close())

  const get = async (path: string, fields: FieldLines): Promise<object> => {
    const client = new RawClient(origin.port)
    const answer = await client.get(path, fields)
    client.close()
    return answer
  }

  it("can be judged by an operator's own policy", async () => {
    expect(await get('/internal', bySecret(said(alice.thumbprint)))).toEqual({ status: 200 })
  })

  it.each<[what: string, fields: FieldLines]>([
    ['another client', bySecret(said(bob.thumbprint))],
    ['a certificate that is not verified', bySecret(said(alice.thumbprint, 'FAILED:expired'))],
    ['a revoked certificate', bySecret(said(alice.thumbprint, 'SUCCESS', '1'))],
    ['no certificate', bySecret([['X-CERT-PRESENTED', '0']])],
    ['nothing', bySecret([])],
    ['the same from anybody else', bySecret(said(alice.thumbprint), 'a-secret-that-i-have-made-up')],
  ])('is refused by that policy with %s', async (_what, fields) => {
    expect(await get('/internal', fields)).toEqual({ status: 403, code: 'ERR_MTLS_POLICY_DENIED' })
  })

  it('makes no identity', async () => {
    expect(await get('/guarded', bySecret(said(alice.thumbprint)))).toEqual({
      status: 403,
      code: 'ERR_MTLS_CERTIFICATE_UNKNOWN',
    })
  })
})
