import { connectionId, mtlsIdentity } from 'mtls-identity'
import { cloudflareWorker, type CloudflareWorkerOptions } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import { loopbackSocket } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients, describeForgedCertificate, type Clients } from './support/describe-clients.js'
import { edgeRequest } from './support/edge-request.js'
import { alice, base64, bob, byteSequence, ISSUER } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

/** What the Worker of examples/worker adds to the documented sample. */
const FIELDS: CloudflareWorkerOptions['fields'] = {
  certificate: 'Client-Cert',
  chain: 'Client-Cert-Chain',
  sha256: 'X-CERT-SHA256',
  presented: 'X-CERT-PRESENTED',
  revoked: 'X-CERT-REVOKED',
}
/** What Cloudflare's sample sends of the certificate in its examples; X-CERT-FINGER is a SHA-1. */
const SAMPLE: FieldLines = [
  ['X-CERT-ISSUER-DN', 'CN=Access Testing CA,C=US,ST=TX,L=Austin,O=Access Testing'],
  ['X-CERT-SUBJECT-DN', 'CN=James Royal,OU=Access Admins,O=Access'],
  ['X-CERT-ISSUER-DN-L', '/CN=Access Testing CA'],
  ['X-CERT-SUBJECT-DN-L', '/CN=James Royal'],
  ['X-CERT-SERIAL', '00936EACBE07F201DF'],
  ['X-CERT-FINGER', '6b9109f323999e52259cda7373ff0b4d26bd232e'],
  ['X-CERT-NOTBE', 'Dec 22 19:39:00 2018 GMT'],
  ['X-CERT-NOTAF', 'Dec 22 19:39:00 2019 GMT'],
]
const verdict = (text: string): FieldLines => [['X-CERT-VERIFY', text]]
const revoked = (text: string): FieldLines => [['X-CERT-REVOKED', text]]
const certificateOf = (client: MintedCertificate): FieldLines => [['Client-Cert', byteSequence(client)]]
const everythingOf = (client: MintedCertificate): FieldLines => [
  ...certificateOf(client),
  ['X-CERT-SHA256', client.thumbprint],
  ['X-CERT-PRESENTED', '1'],
  ...verdict('SUCCESS'),
  ...revoked('0'),
]
const PLACEHOLDERS: FieldLines = [
  ['Client-Cert', ''],
  ['X-CERT-SHA256', ''],
  ['X-CERT-PRESENTED', '0'],
  ...verdict('NONE'),
  ...revoked('0'),
  ['X-CERT-SUBJECT-DN', ''],
]
const NAMES = {
  issuer: 'CN=Access Testing CA,C=US,ST=TX,L=Austin,O=Access Testing',
  subject: 'CN=James Royal,OU=Access Admins,O=Access',
  serialNumber: '00936EACBE07F201DF',
  notBefore: new Date('2018-12-22T19:39:00Z'),
  notAfter: new Date('2019-12-22T19:39:00Z'),
}

describe('cloudflareWorker', () => {
  const edge = cloudflareWorker({ fields: FIELDS })

  it.each<[what: string, verify: string, verified: object]>([
    ['SUCCESS', 'SUCCESS', { presented: true, verified: true }],
    ['a reason', 'FAILED:self signed certificate', { presented: true, verified: false }],
    ['the property that does not exist', 'undefined', {}],
    ['nothing', '', {}],
  ])("makes assertions of the documented sample, with '%s' for a verdict", (_what, verify, verified) => {
    expect(take(cloudflareWorker(), [...SAMPLE, ...verdict(verify)])).toEqual({
      certificate: undefined,
      chain: undefined,
      der: undefined,
      intermediates: [],
      thumbprint: undefined,
      hashes: [],
      assertions: { ...NAMES, ...verified },
      verifiedBy: undefined,
    })
  })

  it('takes the word "undefined" in any field for nothing', () => {
    const names = edge.fields.map((name) => [name, 'undefined'] as const)
    expect(take(edge, names)).toMatchObject({ der: undefined, hashes: [], assertions: {} })
  })

  it('takes the certificate, those above it and the hash where they are sent', () => {
    const chain: FieldLines = [['Client-Cert-Chain', byteSequence({ der: ISSUER })]]
    expect(take(edge, [...everythingOf(alice), ...chain])).toMatchObject({
      der: alice.der,
      intermediates: [ISSUER],
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: { presented: true, verified: true, revoked: false, thumbprint: alice.thumbprint },
      verifiedBy: 'edge',
    })
  })

  it.each<[what: string, fields: FieldLines, enforced: boolean, verifiedBy: string | undefined]>([
    ['the edge', [...verdict('SUCCESS'), ...revoked('0')], false, 'edge'],
    ['nobody, where it says nothing of revocation', verdict('SUCCESS'), false, undefined],
    ['the declaration, likewise', verdict('SUCCESS'), true, 'declaration'],
    ['nobody, where it is revoked', [...verdict('SUCCESS'), ...revoked('1')], false, undefined],
    ['nobody, where the verdict is another', verdict('FAILED:certificate has expired'), true, undefined],
  ])('the certificate is verified by %s', (_what, fields, enforced, verifiedBy) => {
    const declared = cloudflareWorker({ fields: FIELDS, enforced })
    expect(take(declared, [...certificateOf(alice), ...fields]).verifiedBy).toBe(verifiedBy)
  })

  it('reads no certificate that it is not told of, for any client could send it', () => {
    expect(take(cloudflareWorker(), everythingOf(alice))).toMatchObject({ der: undefined, hashes: [] })
  })

  it('removes what it does not read of the sample too, and reads no field that Cloudflare never sends', () => {
    expect(cloudflareWorker().fields).toEqual(
      expect.arrayContaining(['x-cert-finger', 'x-cert-issuer-dn-l', 'x-cert-subject-dn-l']),
    )
    expect(edge.fields.filter((name) => name.startsWith('cf-'))).toEqual([])
  })

  it("trusts nobody by default, for anybody's Worker sends from the same networks", () => {
    expect(() => mtlsIdentity({ edge })).toThrow(/trust must be given.*'cloudflareWorker'/)
  })

  it('gives no identity without a certificate, and its assertions for logs', async () => {
    const middleware = mtlsIdentity({ edge: cloudflareWorker(), trust: 'loopback' })
    const mtls = await middleware.identify(edgeRequest({ fields: [...SAMPLE, ...verdict('SUCCESS')] }))
    expect(mtls).toMatchObject({
      identity: undefined,
      evidence: 'none',
      verifiedBy: undefined,
      problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'],
      asserted: { ...NAMES, verified: true },
    })
  })

  it('knows a client by the id of its connection', async () => {
    const options = { trust: 'loopback', continuity: connectionId('X-Connection-Id'), wait: { maxMs: 0 } }
    const middleware = mtlsIdentity({ edge, ...options })
    const socket = loopbackSocket()
    const ask = (id: string, fields: FieldLines): ReturnType<typeof middleware.identify> =>
      middleware.identify(edgeRequest({ fields: [...fields, ['X-Connection-Id', id]], socket }))
    await ask('a1', everythingOf(alice))
    await ask('b2', everythingOf(bob))
    const later = await ask('a1', [...verdict('SUCCESS'), ...revoked('0')])
    expect(later).toMatchObject({ evidence: 'connection', verifiedBy: 'edge', problems: [] })
    expect(later.identity?.thumbprint).toBe(alice.thumbprint)
    expect((await ask('c3', [])).identity).toBeUndefined()
  })

  describeRefused(edge, [
    ['a boolean for a bit', [['X-CERT-PRESENTED', 'true']], 'ERR_MTLS_FIELD_INVALID'],
    ['a number for a verdict', verdict('1'), 'ERR_MTLS_FIELD_INVALID'],
    ['a verdict in lower case', verdict('success'), 'ERR_MTLS_FIELD_INVALID'],
    [
      '"not presented" beside a certificate',
      [...certificateOf(alice), ['X-CERT-PRESENTED', '0']],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    [
      'NONE beside a hash',
      [['X-CERT-SHA256', alice.thumbprint], ...verdict('NONE')],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    [
      'NONE of a certificate that is presented',
      [['X-CERT-PRESENTED', '1'], ...verdict('NONE')],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      '"not revoked" of a revoked one',
      [...verdict('FAILED:certificate revoked'), ...revoked('0')],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a certificate without its colons', [['Client-Cert', base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['two certificates', [...certificateOf(alice), ...certificateOf(bob)], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['an ISO date', [['X-CERT-NOTAF', '2019-12-22T19:39:00Z']], 'ERR_MTLS_FIELD_INVALID'],
    ['a serial number that is none', [['X-CERT-SERIAL', 'null']], 'ERR_MTLS_FIELD_INVALID'],
    ['a long bit', [['X-CERT-REVOKED', '0'.repeat(10)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['a certificate over the cap', [['Client-Cert', ':'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  const clients: Clients = { edge, of: everythingOf, anonymous: PLACEHOLDERS, verifiedBy: 'edge' }
  describeClients(clients)
  describeForgedCertificate(clients)
})
