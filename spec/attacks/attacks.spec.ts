import { createHash } from 'node:crypto'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'
import type { MtlsIdentityOptions } from 'mtls-identity'
import {
  ANONYMOUS,
  base64Of,
  DER_FIELD,
  forwarded,
  SHA256_FIELD,
  transformed,
} from '../support/cloudflare-fields.js'
import { listen, startOrigin, type Origin, type Report } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'

const DAY_MS = 86_400_000
const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const mallory = authority.issue({ subject: { commonName: 'mallory' } })
const [aliceDer, aliceSha] = forwarded(alice) as [FieldLines[0], FieldLines[0]]
const [, mallorySha] = forwarded(mallory) as [FieldLines[0], FieldLines[0]]
const fakeAdmin = createSelfSigned({ subject: { commonName: 'admin' } })
const expired = authority.issue({
  subject: { commonName: 'old' },
  notBefore: new Date(Date.now() - 2 * DAY_MS),
  notAfter: new Date(Date.now() - DAY_MS),
})
const future = authority.issue({
  subject: { commonName: 'early' },
  notBefore: new Date(Date.now() + DAY_MS),
  notAfter: new Date(Date.now() + 2 * DAY_MS),
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** A pair that is consistent in itself, around bytes that are no certificate. */
const consistent = (bytes: Uint8Array): FieldLines => forwarded({ der: bytes, thumbprint: sha256(bytes) })
const joined = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts)

const TRUSTED: MtlsIdentityOptions = { trust: 'loopback' }
const DECLARED: MtlsIdentityOptions = { trust: 'loopback', edge: cloudflare({ enforced: true }) }
const TRANSFORM: MtlsIdentityOptions = { trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }) }

describe('an attacker over a real socket', () => {
  let origin: Origin
  let client: RawClient

  const start = async (options: MtlsIdentityOptions): Promise<void> => {
    origin = await startOrigin(options)
    client = new RawClient(origin.port)
  }

  afterEach(async () => {
    client.close()
    await origin.close()
  })

  describe('with malformed or forged fields', () => {
    it.each<[what: string, fields: FieldLines, code: string]>([
      ['a wrong hash', [aliceDer, [SHA256_FIELD, sha256(Buffer.from('x'))]], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
      ['no hash', [aliceDer], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
      ['an empty hash', [aliceDer, [SHA256_FIELD, '']], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
      ["another client's hash", [aliceDer, mallorySha], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
      [
        "another client's Cf-Cert-Sha256",
        [...forwarded(alice), ['Cf-Cert-Sha256', mallory.thumbprint]],
        'ERR_MTLS_THUMBPRINT_MISMATCH',
      ],
      ['half a hash', [aliceDer, [SHA256_FIELD, alice.thumbprint.slice(32)]], 'ERR_MTLS_FIELD_INVALID'],
      ['the certificate repeated', [aliceDer, aliceDer, aliceSha], 'ERR_MTLS_FIELD_DUPLICATED'],
      ['two certificates', [...forwarded(alice), ...forwarded(mallory)], 'ERR_MTLS_FIELD_DUPLICATED'],
      ['the hash repeated', [aliceDer, aliceSha, aliceSha], 'ERR_MTLS_FIELD_DUPLICATED'],
      ['an empty repetition', [aliceDer, [DER_FIELD, ''], aliceSha], 'ERR_MTLS_FIELD_DUPLICATED'],
      [
        'two certificates joined in one field',
        [[DER_FIELD, `${base64Of(alice.der)}, ${base64Of(mallory.der)}`], aliceSha],
        'ERR_MTLS_FIELD_INVALID',
      ],
      ['PEM text', [[DER_FIELD, alice.certificate.replaceAll('\n', '')], aliceSha], 'ERR_MTLS_FIELD_INVALID'],
      ['PEM in base64', consistent(Buffer.from(alice.certificate)), 'ERR_MTLS_CERTIFICATE_INVALID'],
      ['trailing bytes', consistent(joined(alice.der, Buffer.from([0, 0]))), 'ERR_MTLS_CERTIFICATE_INVALID'],
      [
        'a second certificate appended',
        consistent(joined(alice.der, mallory.der)),
        'ERR_MTLS_CERTIFICATE_INVALID',
      ],
      ['a truncated certificate', consistent(alice.der.subarray(0, -1)), 'ERR_MTLS_CERTIFICATE_INVALID'],
      [
        'a SEQUENCE that is no certificate',
        consistent(Buffer.from('3003020101', 'hex')),
        'ERR_MTLS_CERTIFICATE_INVALID',
      ],
      ['illegal base64', [[DER_FIELD, `!${base64Of(alice.der)}`], aliceSha], 'ERR_MTLS_FIELD_INVALID'],
      ['base64url', [[DER_FIELD, `${base64Of(alice.der)}-_`], aliceSha], 'ERR_MTLS_FIELD_INVALID'],
      ['unused bits in base64', [[DER_FIELD, 'MB=='], aliceSha], 'ERR_MTLS_FIELD_INVALID'],
      [
        'a literal placeholder',
        [[DER_FIELD, '{http.request.tls.client.certificate_der_base64}'], aliceSha],
        'ERR_MTLS_FIELD_INVALID',
      ],
    ])('%s is refused', async (_what, fields, code) => {
      await start(DECLARED)
      expect(await client.get('/', fields)).toEqual({ status: 400, code })
      expect(await client.get('/guarded')).toEqual({ status: 403, code: 'ERR_MTLS_IDENTITY_REQUIRED' })
    })

    it('a field of 1 MB is refused before it is decoded', async () => {
      const app = await listenWithLargeHeaders(DECLARED)
      origin = app
      client = new RawClient(origin.port)
      const fields: FieldLines = [[DER_FIELD, 'A'.repeat(1_048_576)], aliceSha]
      expect(await client.get('/', fields)).toEqual({ status: 400, code: 'ERR_MTLS_FIELD_TOO_LARGE' })
    })
  })

  it('a right certificate from a peer that is not the edge is removed, unread', async () => {
    await start({ trust: '192.0.2.1', edge: cloudflare({ enforced: true }) })
    expect(await client.get('/', forwarded(alice))).toEqual<Report>({
      status: 200,
      evidence: 'none',
      problems: ['ERR_MTLS_UNTRUSTED_PEER'],
    })
    expect(await client.get('/guarded', forwarded(alice))).toEqual({
      status: 403,
      code: 'ERR_MTLS_UNTRUSTED_PEER',
    })
  })

  it('the default trust does not take this machine for Cloudflare', async () => {
    await start({ edge: cloudflare({ enforced: true }) })
    expect(await client.get('/', forwarded(alice))).toMatchObject({ problems: ['ERR_MTLS_UNTRUSTED_PEER'] })
  })

  it.each(['cf_client_cert_der_base64', 'X-Client-Cert-Der-Base64', 'Client-Cert'])(
    '%s is no field of the edge',
    async (name) => {
      await start(DECLARED)
      const fields: FieldLines = [[name, base64Of(alice.der)]]
      expect(await client.get('/', fields)).toEqual<Report>({ status: 200, evidence: 'none', problems: [] })
    },
  )

  it.each<[what: string, fields: FieldLines]>([
    [
      'Cf-Cert-Fingerprint-Sha256, which Cloudflare never sends',
      [['Cf-Cert-Fingerprint-Sha256', alice.thumbprint]],
    ],
    [
      'cf_cert_sha256',
      [
        ['cf_cert_sha256', alice.thumbprint],
        ['cf_cert_verified', 'true'],
      ],
    ],
  ])('%s is no evidence', async (_what, fields) => {
    await start(TRANSFORM)
    await client.get('/', [...forwarded(alice), ...transformed(alice)])
    expect(await client.get('/', fields)).toEqual<Report>({ status: 200, evidence: 'none', problems: [] })
  })

  describe('with a genuine connection and a forged pair on a later request', () => {
    it('is refused where the edge speaks on every request', async () => {
      await start(TRANSFORM)
      expect(await client.get('/guarded', [...forwarded(mallory), ...transformed(mallory)])).toMatchObject({
        status: 200,
        thumbprint: mallory.thumbprint,
      })
      const forged = [...forwarded(alice), ...transformed(mallory)]
      expect(await client.get('/guarded', forged)).toEqual({
        status: 400,
        code: 'ERR_MTLS_THUMBPRINT_MISMATCH',
      })
    })

    it('is refused from a client of which the edge says that it has no certificate', async () => {
      await start(TRANSFORM)
      const forged = [...forwarded(alice), ...ANONYMOUS]
      expect(await client.get('/guarded', forged)).toEqual({
        status: 400,
        code: 'ERR_MTLS_THUMBPRINT_MISMATCH',
      })
    })

    it('is never authorised where nothing is declared', async () => {
      await start(TRUSTED)
      await client.get('/', forwarded(mallory))
      expect(await client.get('/', forwarded(alice))).toMatchObject({
        problems: ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
      })
      expect(await client.get('/guarded', forwarded(alice))).toEqual({
        status: 403,
        code: 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED',
      })
    })

    it.each<[what: string, options: MtlsIdentityOptions]>([
      ['undeclared', TRUSTED],
      ['with the Managed Transform on', TRANSFORM],
    ])('a forged hash alone does not become somebody else, %s', async (_what, options) => {
      await start(options)
      const known = new RawClient(origin.port)
      await known.get('/', [...forwarded(alice), ...(options === TRANSFORM ? transformed(alice) : [])])
      known.close()
      await client.get('/', [...forwarded(mallory), ...(options === TRANSFORM ? transformed(mallory) : [])])
      const report = await client.get('/', [aliceSha])
      expect(report).toEqual<Report>({
        status: 200,
        evidence: 'none',
        problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'],
      })
    })
  })

  describe('with a certificate that must not be let in', () => {
    it.each<[what: string, options: MtlsIdentityOptions, fields: FieldLines, code: string]>([
      ['self-signed CN=admin', TRUSTED, forwarded(fakeAdmin), 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
      [
        'self-signed with "verified" of its own making',
        TRUSTED,
        [...forwarded(fakeAdmin), ...transformed(fakeAdmin)],
        'ERR_MTLS_CERTIFICATE_NOT_VERIFIED',
      ],
      ['expired', DECLARED, forwarded(expired), 'ERR_MTLS_CERTIFICATE_EXPIRED'],
      ['not yet valid', DECLARED, forwarded(future), 'ERR_MTLS_CERTIFICATE_NOT_YET_VALID'],
      [
        'revoked by assertion',
        TRANSFORM,
        [...forwarded(alice), ...transformed(alice, 'true')],
        'ERR_MTLS_CERTIFICATE_REVOKED',
      ],
    ])('%s is attached for the log and never authorised', async (_what, options, fields, code) => {
      await start(options)
      const report = await client.get('/', fields)
      expect(report).toMatchObject({ status: 200, evidence: 'certificate' })
      expect(report.thumbprint).toMatch(/^[0-9a-f]{64}$/)
      expect(report.problems).toContain(code)
      expect(await client.get('/guarded', fields)).toMatchObject({ status: 403 })
    })
  })
})

const listenWithLargeHeaders = async (options: MtlsIdentityOptions): Promise<Origin> => {
  const { mtlsIdentity } = await import('mtls-identity')
  const middleware = mtlsIdentity(options)
  return listen(
    (req, res) => {
      middleware(req, res, (error?: unknown) => {
        const { status, code } = error as { status: number; code: string }
        res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code }))
      })
    },
    { maxHeaderSize: 2_097_152 },
  )
}
