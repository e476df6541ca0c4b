import { apache } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, base64, bob, spacedPem, urlPem } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELDS = {
  verify: 'X-SSL-Client-Verify',
  subject: 'X-SSL-Client-S-DN',
  issuer: 'X-SSL-Client-I-DN',
  serialNumber: 'X-SSL-Client-M-Serial',
  notBefore: 'X-SSL-Client-V-Start',
  notAfter: 'X-SSL-Client-V-End',
}
const certificateOf = ({ certificate }: MintedCertificate): FieldLines => [
  ['X-SSL-Client-Cert', spacedPem(certificate)],
]
const verdict = (text: string): FieldLines => [['X-SSL-Client-Verify', text]]

/** What Apache sends of a client without a certificate. */
const NOBODY: FieldLines = [
  ['X-SSL-Client-Cert', '(null)'],
  ['X-SSL-Client-Verify', 'NONE'],
  ['X-SSL-Client-S-DN', '(null)'],
  ['X-SSL-Client-I-DN', '(null)'],
  ['X-SSL-Client-M-Serial', '(null)'],
  ['X-SSL-Client-V-Start', '(null)'],
  ['X-SSL-Client-V-End', '(null)'],
]

describe('apache', () => {
  const edge = apache({ fields: FIELDS })

  it('takes the certificate, and what the variables say of it', () => {
    const fields: FieldLines = [
      ...certificateOf(alice),
      ...verdict('SUCCESS'),
      ['X-SSL-Client-S-DN', 'CN=alice,O=Example'],
      ['X-SSL-Client-I-DN', 'CN=Test CA'],
      ['X-SSL-Client-M-Serial', '0A3F'],
      ['X-SSL-Client-V-Start', 'Mar  1 13:35:00 2022 GMT'],
      ['X-SSL-Client-V-End', 'Mar 21 13:35:00 2023 GMT'],
    ]
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      thumbprint: undefined,
      hashes: [],
      assertions: {
        presented: true,
        verified: true,
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
    ['GENEROUS', 'GENEROUS', { presented: true, verified: false }, undefined],
    ['a reason', 'FAILED:certificate has expired', { presented: true, verified: false }, undefined],
    [
      'the reason that it is revoked',
      'FAILED:certificate revoked',
      { presented: true, verified: false, revoked: true },
      undefined,
    ],
    ['nothing, where there is no TLS,', '(null)', {}, 'declaration'],
  ])('reads %s in the verdict', (_what, text, assertions, verifiedBy) => {
    const taken = take(apache({ fields: FIELDS, enforced: true }), [
      ...certificateOf(alice),
      ...verdict(text),
    ])
    expect(taken.assertions).toEqual(assertions)
    expect(taken.verifiedBy).toBe(verifiedBy)
  })

  it('takes variables without a value for nothing', () => {
    expect(take(edge, NOBODY)).toMatchObject({
      der: undefined,
      assertions: { presented: false, verified: false },
      verifiedBy: undefined,
    })
    expect(Object.keys(take(edge, NOBODY).assertions)).toEqual(['presented', 'verified'])
  })

  it('reads nothing that it is not told of but the certificate, for a client could send it', () => {
    expect(apache().fields).toEqual(['x-ssl-client-cert'])
    expect(take(apache(), [...certificateOf(alice), ...verdict('SUCCESS')])).toMatchObject({
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration where no verdict is read', () => {
    expect(take(apache({ enforced: true }), certificateOf(alice)).verifiedBy).toBe('declaration')
  })

  describeRefused(edge, [
    [
      'NONE beside a certificate',
      [...certificateOf(alice), ...verdict('NONE')],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    ['a verdict in lower case', verdict('success'), 'ERR_MTLS_FIELD_INVALID'],
    ['a verdict with more behind it', verdict('GENEROUS:really'), 'ERR_MTLS_FIELD_INVALID'],
    ['a long verdict', verdict(`FAILED:${'x'.repeat(200)}`), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['two verdicts', [...verdict('SUCCESS'), ...verdict('SUCCESS')], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['"(null)" with more behind it', [['X-SSL-Client-Cert', '(null) ']], 'ERR_MTLS_FIELD_INVALID'],
    ['base64 of the DER', [['X-SSL-Client-Cert', base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['URL-encoded PEM', [['X-SSL-Client-Cert', urlPem(alice.certificate)]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'two certificates in one line',
      [['X-SSL-Client-Cert', spacedPem(alice.certificate + bob.certificate)]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'certificates in two lines',
      [...certificateOf(alice), ...certificateOf(bob)],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      '"(null)" and a certificate in two lines',
      [...NOBODY.slice(0, 1), ...certificateOf(alice)],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    ['a certificate over the cap', [['X-SSL-Client-Cert', '-'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({
    edge,
    of: (client) => [...certificateOf(client), ...verdict('SUCCESS')],
    anonymous: NOBODY,
    verifiedBy: 'edge',
  })
})
