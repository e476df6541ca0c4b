import { awsAlb } from 'mtls-identity/edges'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, awsPem, base64, bob, ISSUER, urlPem } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELD = 'X-Amzn-Mtls-Clientcert'
const chainOf = (pem: string): FieldLines => [[FIELD, awsPem(pem)]]
const leafOf = (pem: string): FieldLines => [[`${FIELD}-Leaf`, awsPem(pem)]]
/** The examples of Amazon's page. */
const SAID: FieldLines = [
  [`${FIELD}-Serial-Number`, '03A5B1'],
  [`${FIELD}-Issuer`, 'CN=rootcamtls.com,OU=rootCA,O=mTLS,L=Seattle,ST=Washington,C=US'],
  [`${FIELD}-Subject`, 'CN=client_.com,OU=client-3,O=mTLS,ST=Washington,C=US'],
  [`${FIELD}-Validity`, 'NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z'],
]
const DAMAGED = '-----BEGIN CERTIFICATE-----\nMAA\n-----END CERTIFICATE-----\n'

describe('awsAlb in passthrough mode', () => {
  const edge = awsAlb({ mode: 'passthrough' })

  it.each<[what: string, fields: FieldLines, intermediates: readonly Uint8Array[]]>([
    ['a certificate', chainOf(alice.certificate), []],
    ['a certificate without a line break at its end', chainOf(alice.certificate.trimEnd()), []],
    ['a chain', chainOf(alice.chain), [ISSUER]],
    ['a chain of which everything is encoded', [[FIELD, urlPem(alice.chain)]], [ISSUER]],
  ])('takes %s, which nobody has verified', (_what, fields, intermediates) => {
    expect(take(edge, fields)).toMatchObject({
      der: alice.der,
      intermediates,
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(awsAlb({ mode: 'passthrough', enforced: true }), chainOf(alice.chain)).verifiedBy).toBe(
      'declaration',
    )
  })

  it('does not read the fields of the other mode, and removes them', () => {
    expect(take(edge, [...leafOf(bob.certificate), ...SAID])).toMatchObject({
      der: undefined,
      assertions: {},
    })
    expect(edge.fields).toContain('x-amzn-mtls-clientcert-leaf')
  })

  describeRefused(edge, [
    ['a damaged first certificate', chainOf(DAMAGED + bob.certificate), 'ERR_MTLS_FIELD_INVALID'],
    ['a damaged certificate above', chainOf(alice.certificate + DAMAGED), 'ERR_MTLS_FIELD_INVALID'],
    ['something before the certificate', chainOf(`x\n${alice.certificate}`), 'ERR_MTLS_FIELD_INVALID'],
    ['something after it', chainOf(`${alice.certificate}x`), 'ERR_MTLS_FIELD_INVALID'],
    [
      'a certificate on the line where one ends',
      chainOf(alice.certificate.trimEnd() + bob.certificate),
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'a private key',
      chainOf(alice.certificate.replaceAll('CERTIFICATE', 'PRIVATE KEY')),
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['two lines', [...chainOf(alice.chain), ...chainOf(bob.chain)], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a longer chain than any', chainOf(bob.certificate.repeat(12)), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['more than the cap', [[FIELD, '-'.repeat(32_769)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({ edge, of: ({ chain }) => chainOf(chain), anonymous: [], verifiedBy: undefined })
})

describe('awsAlb in verify mode', () => {
  const edge = awsAlb({ mode: 'verify' })

  it("takes the certificate, and what Amazon's page says of it", () => {
    expect(take(edge, [...leafOf(alice.certificate), ...SAID])).toMatchObject({
      der: alice.der,
      intermediates: [],
      assertions: {
        presented: true,
        verified: true,
        serialNumber: '03A5B1',
        issuer: 'CN=rootcamtls.com,OU=rootCA,O=mTLS,L=Seattle,ST=Washington,C=US',
        subject: 'CN=client_.com,OU=client-3,O=mTLS,ST=Washington,C=US',
        notBefore: new Date('2023-09-21T01:50:17Z'),
        notAfter: new Date('2024-09-20T01:50:17Z'),
      },
      verifiedBy: 'edge',
    })
  })

  it('says nothing of a client without a certificate', () => {
    expect(take(edge, [])).toMatchObject({ der: undefined, assertions: {}, verifiedBy: undefined })
  })

  it('does not read the field of the other mode', () => {
    expect(take(edge, chainOf(bob.chain)).der).toBeUndefined()
  })

  it('reads its fields under other names', () => {
    const renamed = awsAlb({ mode: 'verify', fields: { certificate: 'X-Leaf', subject: 'X-Subject' } })
    const fields: FieldLines = [
      ['X-Leaf', awsPem(bob.certificate)],
      ['X-Subject', 'CN=bob'],
    ]
    expect(take(renamed, fields)).toMatchObject({ der: bob.der, assertions: { subject: 'CN=bob' } })
  })

  describeRefused(edge, [
    ['a chain for a leaf', leafOf(alice.chain), 'ERR_MTLS_FIELD_INVALID'],
    [
      'form encoding',
      [[`${FIELD}-Leaf`, awsPem(alice.certificate).replaceAll('%20', '+')]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'spaces',
      [[`${FIELD}-Leaf`, awsPem(alice.certificate).replaceAll('%20', ' ')]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'half a percent triplet',
      [[`${FIELD}-Leaf`, `${awsPem(alice.certificate)}%0`]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['bytes that are no UTF-8', [[`${FIELD}-Leaf`, '%FF']], 'ERR_MTLS_FIELD_INVALID'],
    ['carriage returns', leafOf(alice.certificate.replaceAll('\n', '%0D\n')), 'ERR_MTLS_FIELD_INVALID'],
    ['no end', leafOf(alice.certificate.slice(0, -30)), 'ERR_MTLS_FIELD_INVALID'],
    [
      'no content',
      leafOf('-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n'),
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['base64 alone', [[`${FIELD}-Leaf`, base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a serial number that is none', [[`${FIELD}-Serial-Number`, '0x03']], 'ERR_MTLS_FIELD_INVALID'],
    ['half a validity', [[`${FIELD}-Validity`, 'NotBefore=2023-09-21T01:50:17Z']], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a validity in the other order',
      [[`${FIELD}-Validity`, 'NotAfter=2024-09-20T01:50:17Z;NotBefore=2023-09-21T01:50:17Z']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'a day that the month does not have',
      [[`${FIELD}-Validity`, 'NotBefore=2023-02-30T01:50:17Z;NotAfter=2024-09-20T01:50:17Z']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a certificate over the cap', [[`${FIELD}-Leaf`, '-'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({
    edge,
    of: ({ certificate }) => [...leafOf(certificate), ...SAID],
    anonymous: [],
    verifiedBy: 'edge',
  })
})

describe('awsAlb', () => {
  it.each<[what: string, options: object, message: RegExp]>([
    ['no mode', {}, /mode must be 'passthrough' or 'verify'/],
    ['another mode', { mode: 'off' }, /mode must be 'passthrough' or 'verify'/],
    ['a misspelt option', { mode: 'verify', enforce: true }, /awsAlb\(\) has no option 'enforce'/],
    [
      'a field of the other mode',
      { mode: 'passthrough', fields: { subject: 'X' } },
      /has no option 'subject'/,
    ],
  ])('does not take %s', (_what, options, message) => {
    expect(() => awsAlb(options as Parameters<typeof awsAlb>[0])).toThrow(TypeError)
    expect(() => awsAlb(options as Parameters<typeof awsAlb>[0])).toThrow(message)
  })
})
