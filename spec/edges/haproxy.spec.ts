import { haproxy } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients, describeForgedCertificate, type Clients } from './support/describe-clients.js'
import { alice, awsPem, base64, bob } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELDS = {
  sha256: 'X-SSL-Client-Sha256',
  verify: 'X-SSL-Client-Verify',
  subject: 'X-SSL-Client-DN',
  issuer: 'X-SSL-Issuer-DN',
  serialNumber: 'X-SSL-Client-Serial',
}
const derOf = (client: MintedCertificate): FieldLines => [['X-SSL-Client-Der', base64(client)]]
/** HAProxy's converter `hex` writes upper case. */
const hashOf = ({ thumbprint }: MintedCertificate): FieldLines => [
  ['X-SSL-Client-Sha256', thumbprint.toUpperCase()],
]
const result = (text: string): FieldLines => [['X-SSL-Client-Verify', text]]

describe('haproxy', () => {
  const edge = haproxy({ fields: FIELDS })

  it('takes the certificate, and what the samples say of it', () => {
    const fields: FieldLines = [
      ...derOf(alice),
      ...hashOf(alice),
      ...result('0'),
      ['X-SSL-Client-DN', '/CN=alice'],
      ['X-SSL-Issuer-DN', '/CN=Test CA'],
      ['X-SSL-Client-Serial', '0A3F'],
    ]
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: {
        verified: true,
        thumbprint: alice.thumbprint,
        subject: '/CN=alice',
        issuer: '/CN=Test CA',
        serialNumber: '0A3F',
      },
      verifiedBy: 'edge',
    })
  })

  it.each<[what: string, fields: FieldLines, assertions: object, verifiedBy: string | undefined]>([
    ['0 of a certificate as verified', [...derOf(alice), ...result('0')], { verified: true }, 'edge'],
    ['0 of a hash as verified', [...hashOf(alice), ...result('0')], { verified: true }, 'edge'],
    ['0 of nobody as nothing', result('0'), {}, undefined],
    ['10, which is expired', [...derOf(alice), ...result('10')], { verified: false }, undefined],
    [
      '23, which is revoked',
      [...derOf(alice), ...result('23')],
      { verified: false, revoked: true },
      undefined,
    ],
    ['another number of nobody as it stands', result('19'), { verified: false }, undefined],
  ])('reads %s', (_what, fields, assertions, verifiedBy) => {
    const { assertions: said, ...taken } = take(edge, fields)
    expect({ ...said, thumbprint: undefined }).toEqual({ ...assertions, thumbprint: undefined })
    expect(taken.verifiedBy).toBe(verifiedBy)
  })

  it('reads nothing that it is not told of but the certificate', () => {
    expect(haproxy().fields).toEqual(['x-ssl-client-der'])
    expect(take(haproxy({ enforced: true }), [...derOf(alice), ...result('10')]).verifiedBy).toBe(
      'declaration',
    )
  })

  describeRefused(edge, [
    ['a word for a number', result('SUCCESS'), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['a number with a sign', result('-1'), 'ERR_MTLS_FIELD_INVALID'],
    ['zero with zeros', result('00'), 'ERR_MTLS_FIELD_INVALID'],
    ['a quoted value', [['X-SSL-Client-Der', `"${base64(alice)}"`]], 'ERR_MTLS_FIELD_INVALID'],
    ['PEM', [['X-SSL-Client-Der', awsPem(alice.certificate)]], 'ERR_MTLS_FIELD_INVALID'],
    ['two certificates', [...derOf(alice), ...derOf(bob)], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a hash without its second half', [['X-SSL-Client-Sha256', 'AB'.repeat(16)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a certificate over the cap', [['X-SSL-Client-Der', 'A'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  const clients: Clients = {
    edge,
    of: (client) => [...derOf(client), ...hashOf(client), ...result('0')],
    anonymous: [['X-SSL-Client-Der', ''], ['X-SSL-Client-Sha256', ''], ...result('0')],
    verifiedBy: 'edge',
  }
  describeClients(clients)
  describeForgedCertificate(clients)
})
