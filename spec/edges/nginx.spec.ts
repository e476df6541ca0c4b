import { nginx } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, awsPem, base64, bob, colons, urlPem } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELDS = {
  verify: 'X-SSL-Client-Verify',
  sha256: 'X-SSL-Client-Sha256',
  subject: 'X-SSL-Client-S-DN',
  issuer: 'X-SSL-Client-I-DN',
  serialNumber: 'X-SSL-Client-Serial',
  notBefore: 'X-SSL-Client-V-Start',
  notAfter: 'X-SSL-Client-V-End',
}
const certificateOf = ({ certificate }: MintedCertificate): FieldLines => [
  ['X-SSL-Client-Cert', urlPem(certificate)],
]
const verdict = (text: string): FieldLines => [['X-SSL-Client-Verify', text]]

describe('nginx', () => {
  const edge = nginx({ fields: FIELDS })

  it('takes the certificate, and what the variables say of it', () => {
    const fields: FieldLines = [
      ...certificateOf(alice),
      ...verdict('SUCCESS'),
      ['X-SSL-Client-Sha256', alice.thumbprint],
      ['X-SSL-Client-S-DN', 'CN=alice,O=Example'],
      ['X-SSL-Client-I-DN', 'CN=Test CA'],
      ['X-SSL-Client-Serial', '0A3F'],
      ['X-SSL-Client-V-Start', 'Mar  1 13:35:00 2022 GMT'],
      ['X-SSL-Client-V-End', 'Mar 21 13:35:00 2023 GMT'],
    ]
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: {
        presented: true,
        verified: true,
        thumbprint: alice.thumbprint,
        subject: 'CN=alice,O=Example',
        issuer: 'CN=Test CA',
        serialNumber: '0A3F',
        notBefore: new Date('2022-03-01T13:35:00Z'),
        notAfter: new Date('2023-03-21T13:35:00Z'),
      },
      verifiedBy: 'edge',
    })
  })

  it.each<[what: string, text: string, assertions: object, verifiedBy: string | undefined]>([
    ['SUCCESS', 'SUCCESS', { presented: true, verified: true }, 'edge'],
    ['a reason', 'FAILED:certificate has expired', { presented: true, verified: false }, undefined],
    [
      'the reason that it is revoked',
      'FAILED:certificate revoked',
      { presented: true, verified: false, revoked: true },
      undefined,
    ],
    ['the word of nginx before 1.11.7', 'FAILED', { presented: true, verified: false }, undefined],
  ])('reads %s in the verdict', (_what, text, assertions, verifiedBy) => {
    const declared = nginx({ fields: FIELDS, enforced: true })
    expect(take(declared, [...certificateOf(alice), ...verdict(text)])).toMatchObject({
      assertions,
      verifiedBy,
    })
  })

  it('reads nothing that it is not told of but the certificate, for a client could send it', () => {
    expect(nginx().fields).toEqual(['x-ssl-client-cert'])
    expect(take(nginx(), [...certificateOf(alice), ...verdict('SUCCESS')])).toMatchObject({
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration where no verdict is read', () => {
    expect(take(nginx({ enforced: true }), certificateOf(alice)).verifiedBy).toBe('declaration')
  })

  it('takes a hash without its certificate for evidence', () => {
    expect(take(edge, [['X-SSL-Client-Sha256', colons(alice.thumbprint)]]).thumbprint).toBe(alice.thumbprint)
  })

  describeRefused(edge, [
    [
      'NONE beside a certificate',
      [...certificateOf(alice), ...verdict('NONE')],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    ['a verdict in lower case', verdict('success'), 'ERR_MTLS_FIELD_INVALID'],
    ['a verdict with more behind it', verdict('SUCCESS:really'), 'ERR_MTLS_FIELD_INVALID'],
    ['a verdict as a number', verdict('0'), 'ERR_MTLS_FIELD_INVALID'],
    ['a long verdict', verdict(`FAILED:${'x'.repeat(200)}`), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['two verdicts', [...verdict('SUCCESS'), ...verdict('SUCCESS')], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a SHA-1', [['X-SSL-Client-Sha256', 'ab'.repeat(20)]], 'ERR_MTLS_FIELD_INVALID'],
    [
      '$ssl_client_cert, with tabs in it',
      [['X-SSL-Client-Cert', alice.certificate.replaceAll('\n', '\t')]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['base64 of the DER', [['X-SSL-Client-Cert', base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'two certificates in one line',
      [['X-SSL-Client-Cert', awsPem(bob.certificate.repeat(2))]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'certificates in two lines',
      [...certificateOf(alice), ...certificateOf(bob)],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    ['a certificate over the cap', [['X-SSL-Client-Cert', '-'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({
    edge,
    of: (client) => [...certificateOf(client), ...verdict('SUCCESS')],
    anonymous: [['X-SSL-Client-Cert', ''], ...verdict('NONE')],
    verifiedBy: 'edge',
  })
})
