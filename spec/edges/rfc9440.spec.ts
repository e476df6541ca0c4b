import { rfc9440 } from 'mtls-identity/edges'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, base64, bob, byteSequence, ISSUER } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const LEAF: FieldLines = [['Client-Cert', byteSequence(alice)]]
const withChain = (...chain: readonly Uint8Array[]): FieldLines => [
  ...LEAF,
  ['Client-Cert-Chain', chain.map((der) => byteSequence({ der })).join(', ')],
]

describe('rfc9440', () => {
  it.each<[what: string, fields: FieldLines, intermediates: readonly Uint8Array[]]>([
    ['a certificate', LEAF, []],
    ['a certificate and one above it', withChain(ISSUER), [ISSUER]],
    ['a certificate and several above it', withChain(ISSUER, bob.der), [ISSUER, bob.der]],
    [
      'a list without spaces',
      [...LEAF, ['Client-Cert-Chain', `:${base64({ der: ISSUER })}:,${byteSequence(bob)}`]],
      [ISSUER, bob.der],
    ],
    ['an empty chain', [...LEAF, ['Client-Cert-Chain', '']], []],
  ])('takes %s', (_what, fields, intermediates) => {
    expect(take(rfc9440(), fields)).toMatchObject({
      der: alice.der,
      intermediates,
      thumbprint: undefined,
      hashes: [],
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(rfc9440({ enforced: true }), LEAF).verifiedBy).toBe('declaration')
  })

  it('reads fields under other names, and then not under their own', () => {
    const edge = rfc9440({ fields: { certificate: 'X-Leaf', chain: 'constructor' } })
    expect(edge.fields).toEqual(['x-leaf', 'constructor'])
    expect(take(edge, [['X-Leaf', byteSequence(bob)]]).der).toEqual(bob.der)
    expect(take(edge, LEAF).der).toBeUndefined()
  })

  describeRefused(rfc9440(), [
    ['base64 without its colons', [['Client-Cert', base64(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['one colon', [['Client-Cert', ':']], 'ERR_MTLS_FIELD_INVALID'],
    ['nothing between the colons', [['Client-Cert', '::']], 'ERR_MTLS_FIELD_INVALID'],
    ['a parameter', [['Client-Cert', `${byteSequence(alice)};a=1`]], 'ERR_MTLS_FIELD_INVALID'],
    ['base64url', [['Client-Cert', ':-_-_:']], 'ERR_MTLS_FIELD_INVALID'],
    ['a quoted string', [['Client-Cert', `"${base64(alice)}"`]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a list of certificates',
      [['Client-Cert', `${byteSequence(alice)}, ${byteSequence(bob)}`]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['two certificates', [...LEAF, ['Client-Cert', byteSequence(bob)]], 'ERR_MTLS_FIELD_DUPLICATED'],
    [
      'two chains',
      [...withChain(ISSUER), ['Client-Cert-Chain', byteSequence(bob)]],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    ['a chain of nobody', withChain(ISSUER).slice(1), 'ERR_MTLS_FIELD_INVALID'],
    [
      'a comma at the end of the chain',
      [...LEAF, ['Client-Cert-Chain', `${byteSequence(bob)},`]],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a longer chain than any', withChain(...Array<Uint8Array>(11).fill(ISSUER)), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['a certificate over the cap', [['Client-Cert', `:${'A'.repeat(16_384)}:`]], 'ERR_MTLS_FIELD_TOO_LARGE'],
    [
      'a chain over the cap',
      [...LEAF, ['Client-Cert-Chain', ':'.repeat(32_769)]],
      'ERR_MTLS_FIELD_TOO_LARGE',
    ],
  ])

  describe('with smaller caps', () => {
    describeRefused(rfc9440({ maxCertificateBytes: 9_000, maxChainBytes: 10 }), [
      ['a certificate over its cap', [['Client-Cert', ':'.repeat(9_001)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
      ['a chain over its cap', withChain(ISSUER), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ])
  })

  describeClients({
    edge: rfc9440({ enforced: true }),
    of: (client) => [['Client-Cert', byteSequence(client)]],
    anonymous: [],
    verifiedBy: 'declaration',
  })

  it.each<[what: string, options: object, message: RegExp]>([
    ['a misspelt option', { enforce: true }, /rfc9440\(\) has no option 'enforce'.*enforced/],
    [
      'a misspelt field',
      { fields: { leaf: 'X' } },
      /fields of rfc9440\(\) has no option 'leaf'.*certificate, chain/,
    ],
    [
      'a field that is none',
      { fields: { chain: 'X Y' } },
      /fields\.chain must be the name of a header field/,
    ],
    ['no name for a field', { fields: { chain: null } }, /fields\.chain must be the name of a header field/],
    [
      'a field of HTTP itself',
      { fields: { chain: 'Host' } },
      /fields\.chain must be a field that only the edge/,
    ],
    [
      'one name for two fields',
      { fields: { certificate: 'X', chain: 'x' } },
      /fields of rfc9440\(\) must give every field a name of its own/,
    ],
    ['a word for a flag', { enforced: 'yes' }, /enforced must be true or false/],
    ['a cap of zero', { maxCertificateBytes: 0 }, /maxCertificateBytes must be a positive whole number/],
    ['a cap that is no number', { maxChainBytes: '1k' }, /maxChainBytes must be a positive whole number/],
  ])('does not take %s', (_what, options, message) => {
    expect(() => rfc9440(options)).toThrow(TypeError)
    expect(() => rfc9440(options)).toThrow(message)
  })
})
