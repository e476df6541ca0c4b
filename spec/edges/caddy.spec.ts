import { caddy } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients, describeForgedCertificate, type Clients } from './support/describe-clients.js'
import { alice, awsPem, base64, bob } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELDS = {
  sha256: 'X-Client-Sha256',
  subject: 'X-Client-Subject',
  issuer: 'X-Client-Issuer',
  serialNumber: 'X-Client-Serial',
}
const derOf = (client: MintedCertificate): FieldLines => [['X-Client-Cert', base64(client)]]
const hashOf = ({ thumbprint }: MintedCertificate): FieldLines => [['X-Client-Sha256', thumbprint]]
const PLACEHOLDERS: FieldLines = [
  ['X-Client-Cert', '{http.request.tls.client.certificate_der_base64}'],
  ['X-Client-Sha256', '{http.request.tls.client.fingerprint}'],
  ['X-Client-Subject', '{http.request.tls.client.subject}'],
  ['X-Client-Issuer', '{http.request.tls.client.issuer}'],
  ['X-Client-Serial', '{http.request.tls.client.serial}'],
]

describe('caddy', () => {
  const edge = caddy({ fields: FIELDS })

  it('takes the certificate, and what the placeholders say of it', () => {
    const fields: FieldLines = [
      ...derOf(alice),
      ...hashOf(alice),
      ['X-Client-Subject', 'CN=alice'],
      ['X-Client-Issuer', 'CN=Test CA'],
      ['X-Client-Serial', '675'],
    ]
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: {
        thumbprint: alice.thumbprint,
        subject: 'CN=alice',
        issuer: 'CN=Test CA',
        serialNumber: '02A3',
      },
      verifiedBy: undefined,
    })
  })

  it('takes a placeholder without a value for nothing', () => {
    expect(take(edge, PLACEHOLDERS)).toMatchObject({ der: undefined, hashes: [], assertions: {} })
  })

  it('reads nothing that it is not told of but the certificate', () => {
    expect(caddy().fields).toEqual(['x-client-cert'])
  })

  it('counts as verified by declaration alone', () => {
    expect(take(caddy({ enforced: true }), derOf(alice)).verifiedBy).toBe('declaration')
  })

  describeRefused(edge, [
    [
      'the placeholder of another field',
      [['X-Client-Cert', '{http.request.tls.client.fingerprint}']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'the placeholder with more behind it',
      [['X-Client-Cert', '{http.request.tls.client.certificate_der_base64} ']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['an unknown placeholder', [['X-Client-Cert', '{tls_client_cert}']], 'ERR_MTLS_FIELD_INVALID'],
    ['PEM', [['X-Client-Cert', awsPem(alice.certificate)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a serial number in hexadecimal', [['X-Client-Serial', '02A3']], 'ERR_MTLS_FIELD_INVALID'],
    ['two certificates', [['X-Client-Cert', `${base64(alice)},${base64(bob)}`]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'two lines',
      [
        ['X-Client-Sha256', 'ab'],
        ['X-Client-Sha256', 'cd'],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    ['a certificate over the cap', [['X-Client-Cert', 'A'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  const clients: Clients = {
    edge: caddy({ fields: FIELDS, enforced: true }),
    of: (client) => [...derOf(client), ...hashOf(client)],
    anonymous: PLACEHOLDERS,
    verifiedBy: 'declaration',
  }
  describeClients(clients)
  describeForgedCertificate(clients)
})
