import { googleLoadBalancer, type GoogleLoadBalancerOptions } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients, describeForgedCertificate, type Clients } from './support/describe-clients.js'
import { alice, base64, base64Sha256, bob, byteSequence, ISSUER } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

/** The custom headers of Google's page, by what they are set from. */
const FIELDS: GoogleLoadBalancerOptions['fields'] = {
  presented: 'X-Client-Cert-Present',
  verified: 'X-Client-Cert-Chain-Verified',
  sha256: 'X-Client-Cert-Hash',
  spiffeId: 'X-Client-Cert-SPIFFE',
  uris: 'X-Client-Cert-URI-SANs',
  dnsNames: 'X-Client-Cert-DNSName-SANs',
  notBefore: 'X-Client-Cert-Valid-Not-Before',
  notAfter: 'X-Client-Cert-Valid-Not-After',
}
const LEAF: FieldLines = [['X-Client-Cert-Leaf', byteSequence(alice)]]
const VERDICT: FieldLines = [
  ['X-Client-Cert-Present', 'true'],
  ['X-Client-Cert-Chain-Verified', 'true'],
]
const ANONYMOUS: FieldLines = [
  ['X-Client-Cert-Present', 'false'],
  ['X-Client-Cert-Chain-Verified', 'false'],
  ['X-Client-Cert-Hash', ''],
  ['X-Client-Cert-Leaf', ''],
]
const hashOf = ({ thumbprint }: Pick<MintedCertificate, 'thumbprint'>): FieldLines => [
  ['X-Client-Cert-Hash', base64Sha256(thumbprint)],
]
const names = (...texts: readonly string[]): string =>
  texts.map((text) => Buffer.from(text).toString('base64')).join(',')

describe('googleLoadBalancer', () => {
  const edge = googleLoadBalancer({ fields: FIELDS })

  it('takes the certificate, those above it and what Google says of it', () => {
    const fields: FieldLines = [
      ...LEAF,
      ['X-Client-Cert-Chain', byteSequence({ der: ISSUER })],
      ...VERDICT,
      ...hashOf(alice),
      ['X-Client-Cert-SPIFFE', 'spiffe://example.com/test-identity'],
      ['X-Client-Cert-URI-SANs', names('https://example.com/a,b')],
      ['X-Client-Cert-DNSName-SANs', names('a.example.com', 'b.example.com')],
      ['X-Client-Cert-Valid-Not-Before', '2022-07-01T18:05:09+00:00'],
      ['X-Client-Cert-Valid-Not-After', '2023-07-01T18:05:09+02:00'],
    ]
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      intermediates: [ISSUER],
      thumbprint: alice.thumbprint,
      hashes: [alice.thumbprint],
      assertions: {
        presented: true,
        verified: true,
        thumbprint: alice.thumbprint,
        spiffeId: 'spiffe://example.com/test-identity',
        uris: ['https://example.com/a,b'],
        dnsNames: ['a.example.com', 'b.example.com'],
        notBefore: new Date('2022-07-01T18:05:09Z'),
        notAfter: new Date('2023-07-01T16:05:09Z'),
      },
      verifiedBy: 'edge',
    })
  })

  it('takes a hash without padding', () => {
    const text = base64Sha256(alice.thumbprint).slice(0, -1)
    expect(take(edge, [['X-Client-Cert-Hash', text]]).hashes).toEqual([alice.thumbprint])
  })

  it('reads nothing that it is not told of but the certificates', () => {
    expect(googleLoadBalancer().fields).toEqual(['x-client-cert-leaf', 'x-client-cert-chain'])
    expect(take(googleLoadBalancer(), [...LEAF, ...VERDICT])).toMatchObject({
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('takes the word of the load balancer over the declaration', () => {
    const declared = googleLoadBalancer({ fields: FIELDS, enforced: true })
    expect(take(declared, LEAF).verifiedBy).toBe('declaration')
    expect(take(declared, [...LEAF, ['X-Client-Cert-Chain-Verified', 'false']]).verifiedBy).toBeUndefined()
  })

  describeRefused(edge, [
    [
      '"not present" beside a certificate',
      [...LEAF, ...ANONYMOUS.slice(0, 1)],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    ['a number for a word', [['X-Client-Cert-Present', '1']], 'ERR_MTLS_FIELD_INVALID'],
    ['a verdict in another spelling', [['X-Client-Cert-Chain-Verified', 'True']], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a hash in hexadecimal',
      [['X-Client-Cert-Hash', alice.thumbprint.slice(0, 44)]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a short hash', [['X-Client-Cert-Hash', 'q6urqw==']], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a hash with unused bits that are set',
      [['X-Client-Cert-Hash', `${'q6ur'.repeat(10)}q6t=`]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['two hashes', [...hashOf(alice), ...hashOf(bob)], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['base64 without its colons', [['X-Client-Cert-Leaf', base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'names that are not base64',
      [['X-Client-Cert-DNSName-SANs', 'a.example.com']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'a time without an offset',
      [['X-Client-Cert-Valid-Not-After', '2023-07-01T18:05:09']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      "OpenSSL's time",
      [['X-Client-Cert-Valid-Not-After', 'Jul 1 18:05:09 2023 GMT']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a certificate over the cap', [['X-Client-Cert-Leaf', ':'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  const clients: Clients = {
    edge,
    of: (client) => [['X-Client-Cert-Leaf', byteSequence(client)], ...VERDICT, ...hashOf(client)],
    anonymous: ANONYMOUS,
    verifiedBy: 'edge',
  }
  describeClients(clients)
  describeForgedCertificate(clients)
})
