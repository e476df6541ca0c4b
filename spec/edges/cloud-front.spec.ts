import { cloudFront } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients, describeForgedCertificate, type Clients } from './support/describe-clients.js'
import { alice, awsPem, base64, base64Sha256, bob } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELD = 'CloudFront-Viewer-Cert'
const PRESENT: FieldLines = [[`${FIELD}-Present`, '1']]
const ABSENT: FieldLines = [[`${FIELD}-Present`, '0']]
const pemOf = ({ certificate }: MintedCertificate): FieldLines => [[`${FIELD}-Pem`, awsPem(certificate)]]
const hashOf = ({ thumbprint }: MintedCertificate): FieldLines => [[`${FIELD}-Sha256`, thumbprint]]
const everythingOf = (client: MintedCertificate): FieldLines => [
  ...pemOf(client),
  ...PRESENT,
  ...hashOf(client),
]

describe('cloudFront', () => {
  it("takes the certificate, and what Amazon's page says of it", () => {
    const fields: FieldLines = [
      ...everythingOf(alice),
      [`${FIELD}-Serial-Number`, '4a:3f:5c:92:d1:e8:7b:6c'],
      [`${FIELD}-Issuer`, 'CN=rootcamtls.com,OU=rootCA,O=mTLS,L=Seattle,ST=Washington,C=US'],
      [`${FIELD}-Subject`, 'CN=client_.com,OU=client-3,O=mTLS,ST=Washington,C=US'],
      [`${FIELD}-Validity`, 'NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z'],
    ]
    expect(take(cloudFront(), fields)).toMatchObject({
      der: alice.der,
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: {
        presented: true,
        thumbprint: alice.thumbprint,
        serialNumber: '4A3F5C92D1E87B6C',
        issuer: 'CN=rootcamtls.com,OU=rootCA,O=mTLS,L=Seattle,ST=Washington,C=US',
        subject: 'CN=client_.com,OU=client-3,O=mTLS,ST=Washington,C=US',
        notBefore: new Date('2023-09-21T01:50:17Z'),
        notAfter: new Date('2024-09-20T01:50:17Z'),
      },
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(cloudFront({ enforced: true }), everythingOf(alice)).verifiedBy).toBe('declaration')
  })

  it.each<[what: string, fields: FieldLines, thumbprint: string | undefined]>([
    [
      'a hash that CloudFront says is of a certificate is evidence',
      [...PRESENT, ...hashOf(alice)],
      alice.thumbprint,
    ],
    ['a hash alone is none, for a viewer might send it', hashOf(alice), undefined],
  ])('%s', (_what, fields, thumbprint) => {
    expect(take(cloudFront(), fields)).toMatchObject({ thumbprint, hashes: [alice.thumbprint] })
  })

  it('reads its fields under other names', () => {
    const edge = cloudFront({ fields: { certificate: 'X-Client-Cert' } })
    expect(take(edge, [['X-Client-Cert', awsPem(bob.certificate)]]).der).toEqual(bob.der)
  })

  describeRefused(cloudFront(), [
    ['"not present" beside a certificate', [...pemOf(alice), ...ABSENT], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
    ['"not present" beside a hash', [...hashOf(alice), ...ABSENT], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
    ['a word for a bit', [[`${FIELD}-Present`, '2']], 'ERR_MTLS_FIELD_INVALID'],
    ['"true" for a bit', [[`${FIELD}-Present`, 'true']], 'ERR_MTLS_FIELD_INVALID'],
    ['two bits', [...PRESENT, ...ABSENT], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a hash in base64', [[`${FIELD}-Sha256`, base64Sha256(alice.thumbprint)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a serial number with a lone colon', [[`${FIELD}-Serial-Number`, '4a:']], 'ERR_MTLS_FIELD_INVALID'],
    ['base64 for PEM', [[`${FIELD}-Pem`, base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a certificate over the cap', [[`${FIELD}-Pem`, '-'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  const clients: Clients = {
    edge: cloudFront({ enforced: true }),
    of: everythingOf,
    anonymous: ABSENT,
    verifiedBy: 'declaration',
  }
  describeClients(clients)
  describeForgedCertificate(clients)
})
