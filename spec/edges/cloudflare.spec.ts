import { connectionId, mtlsIdentity } from 'mtls-identity'
import { cloudflare, type CloudflareOptions } from 'mtls-identity/edges'
import { createSelfSigned } from 'mtls-identity/testing'
import { forwarded } from '../support/cloudflare-fields.js'
import { codeOf } from '../support/code-of.js'
import { fakeRequest } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { edgeRequest } from './support/edge-request.js'

const alice = createSelfSigned({ subject: { commonName: 'alice' } })
const SHA = 'ab'.repeat(32)
const OTHER = 'cd'.repeat(32)
const DER: FieldLines = [['Cf-Client-Cert-Der-Base64', 'MAA=']]
const PAIR: FieldLines = [...DER, ['Cf-Client-Cert-Sha256', SHA]]
const HASH: FieldLines = [['Cf-Client-Cert-Sha256', SHA]]
const VERDICT: FieldLines = [
  ['Cf-Cert-Presented', 'true'],
  ['Cf-Cert-Verified', 'true'],
  ['Cf-Cert-Revoked', 'false'],
]
const TRANSFORM: FieldLines = [...VERDICT, ['Cf-Cert-Sha256', SHA]]

const read = (
  options: CloudflareOptions,
  fields: FieldLines,
): ReturnType<ReturnType<typeof cloudflare>['read']> => cloudflare(options).read(edgeRequest({ fields }))

describe('cloudflare', () => {
  it('reads nothing from a request without its fields', () => {
    expect(read({}, [])).toEqual({
      certificate: undefined,
      thumbprint: undefined,
      hashes: [],
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it.each([
    ['lower case', SHA],
    ['upper case', SHA.toUpperCase()],
    ['colons', SHA.replace(/..(?=.)/g, '$&:')],
    ['colons and upper case', SHA.toUpperCase().replace(/..(?=.)/g, '$&:')],
  ])('takes the SHA-256 in %s', (_what, text) => {
    expect(read({}, [...DER, ['Cf-Client-Cert-Sha256', text]])).toMatchObject({
      certificate: 'MAA=',
      hashes: [SHA],
    })
  })

  it('collects every hash on the request', () => {
    expect(read({}, [...PAIR, ['Cf-Cert-Sha256', OTHER]]).hashes).toEqual([SHA, OTHER])
  })

  it.each(['Cf-Client-Cert-Sha256', 'Cf-Cert-Sha256'])(
    'has the hash in %s, where it comes alone, agree with what is known of the connection',
    async (name) => {
      const middleware = mtlsIdentity({
        trust: 'loopback',
        edge: cloudflare({ enforced: true }),
        continuity: connectionId('X-Id'),
      })
      const ask = async (fields: FieldLines): Promise<string | undefined> => {
        const req = fakeRequest({ fields: [['X-Id', 'one'], ...fields] })
        return (await middleware.identify(req)).identity?.thumbprint
      }
      expect(await ask(forwarded(alice))).toBe(alice.thumbprint)
      expect(await ask([[name, alice.thumbprint]])).toBe(alice.thumbprint)
      await expect(ask([[name, OTHER]])).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
      expect(await ask([])).toBe(alice.thumbprint)
    },
  )

  it.each<[what: string, options: CloudflareOptions, fields: FieldLines, thumbprint: string | undefined]>([
    ['a hash without its certificate is no evidence undeclared', {}, HASH, undefined],
    ['a hash without its certificate is evidence where declared', { sha256OnEveryRequest: true }, HASH, SHA],
    ['Cf-Cert-Sha256 is no evidence undeclared', {}, TRANSFORM, undefined],
    ['Cf-Cert-Sha256 is evidence with the Managed Transform', { clientAuthHeaders: true }, TRANSFORM, SHA],
    [
      "the transform's hash comes before the other one",
      { clientAuthHeaders: true, sha256OnEveryRequest: true },
      [...TRANSFORM, ['Cf-Client-Cert-Sha256', OTHER]],
      SHA,
    ],
  ])('%s', (_what, options, fields, thumbprint) => {
    expect(read(options, fields).thumbprint).toBe(thumbprint)
  })

  it('normalises what the Managed Transform asserts', () => {
    const fields: FieldLines = [
      ...TRANSFORM,
      ['Cf-Cert-Serial', '0a3f'],
      ['Cf-Cert-Subject-Dn-Rfc2253', 'CN=James Royal,OU=Access Admins,O=Access'],
      ['Cf-Cert-Issuer-Dn-Rfc2253', 'CN=Access Testing CA'],
      ['Cf-Cert-Not-Before', 'Mar  1 13:35:00 2022 GMT'],
      ['Cf-Cert-Not-After', 'Mar 21 13:35:00 2023 GMT'],
    ]
    expect(read({ clientAuthHeaders: true }, fields).assertions).toEqual({
      presented: true,
      verified: true,
      revoked: false,
      thumbprint: SHA,
      serialNumber: '0A3F',
      subject: 'CN=James Royal,OU=Access Admins,O=Access',
      issuer: 'CN=Access Testing CA',
      notBefore: new Date('2022-03-01T13:35:00Z'),
      notAfter: new Date('2023-03-21T13:35:00Z'),
    })
  })

  it('believes no assertion where the Managed Transform is not declared', () => {
    expect(read({ enforced: true }, TRANSFORM).assertions).toEqual({})
  })

  it.each<[what: string, options: CloudflareOptions, fields: FieldLines, verifiedBy: string | undefined]>([
    ['nobody, undeclared', {}, PAIR, undefined],
    ['the declaration that the edge enforces it', { enforced: true }, PAIR, 'declaration'],
    ['the edge', { clientAuthHeaders: true }, TRANSFORM, 'edge'],
    ['the edge before the declaration', { clientAuthHeaders: true, enforced: true }, TRANSFORM, 'edge'],
    [
      'nobody, where the edge says nothing of revocation',
      { clientAuthHeaders: true },
      TRANSFORM.filter(([name]) => name !== 'Cf-Cert-Revoked'),
      undefined,
    ],
    [
      'nobody, where the edge says "not verified", declared or not',
      { clientAuthHeaders: true, enforced: true },
      [...TRANSFORM.slice(2), ['Cf-Cert-Verified', 'false']],
      undefined,
    ],
  ])('the certificate is verified by %s', (_what, options, fields, verifiedBy) => {
    expect(read(options, fields).verifiedBy).toBe(verifiedBy)
  })

  it.each<[what: string, fields: FieldLines, code: string]>([
    ['a certificate without its hash', DER, 'ERR_MTLS_THUMBPRINT_MISMATCH'],
    ["a certificate with the transform's hash alone", [...DER, ...TRANSFORM], 'ERR_MTLS_THUMBPRINT_MISMATCH'],
    [
      '"not presented" beside a certificate',
      [...PAIR, ['Cf-Cert-Presented', 'false']],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    [
      '"not presented" beside a hash',
      [
        ['Cf-Cert-Presented', 'false'],
        ['Cf-Cert-Sha256', SHA],
      ],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
    ['"verified" without saying which certificate', VERDICT, 'ERR_MTLS_FIELD_INVALID'],
    ['a boolean in another spelling', [['Cf-Cert-Presented', 'TRUE']], 'ERR_MTLS_FIELD_INVALID'],
    ['a boolean as a number', [['Cf-Cert-Presented', '1']], 'ERR_MTLS_FIELD_INVALID'],
    ['a long boolean', [['Cf-Cert-Verified', 'undefined']], 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['a short hash', [['Cf-Cert-Sha256', SHA.slice(2)]], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a hash in base64',
      [['Cf-Cert-Sha256', 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a serial number with colons', [['Cf-Cert-Serial', '0A:3F']], 'ERR_MTLS_FIELD_INVALID'],
    ['an ISO date', [['Cf-Cert-Not-After', '2023-03-21T13:35:00Z']], 'ERR_MTLS_FIELD_INVALID'],
    [
      'a day that the month does not have',
      [['Cf-Cert-Not-After', 'Feb 30 13:35:00 2023 GMT']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    [
      'an hour that the day does not have',
      [['Cf-Cert-Not-After', 'Feb 20 25:35:00 2023 GMT']],
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['two certificates', [...PAIR, ...DER], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['two hashes', [...PAIR, ...HASH], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['two verdicts', [...TRANSFORM, ['Cf-Cert-Verified', 'true']], 'ERR_MTLS_FIELD_DUPLICATED'],
    [
      'a certificate over the cap',
      [['Cf-Client-Cert-Der-Base64', 'A'.repeat(16_385)]],
      'ERR_MTLS_FIELD_TOO_LARGE',
    ],
  ])('refuses %s', (_what, fields, code) => {
    expect(codeOf(() => read({ clientAuthHeaders: true }, fields))).toBe(code)
  })

  it('caps the certificate where it is told to', () => {
    expect(codeOf(() => read({ maxCertificateBytes: 3 }, PAIR))).toBe('ERR_MTLS_FIELD_TOO_LARGE')
    expect(read({ maxCertificateBytes: 4 }, PAIR).certificate).toBe('MAA=')
  })

  it('names every field that it reads and no field that Cloudflare does not send', () => {
    const { fields } = cloudflare()
    expect(fields).toEqual(
      expect.arrayContaining([
        'cf-client-cert-der-base64',
        'cf-client-cert-sha256',
        'cf-cert-sha256',
        'cf-cert-verified',
      ]),
    )
    expect(fields).not.toContain('cf-cert-fingerprint-sha256')
    expect(new Set(fields).size).toBe(fields.length)
  })

  it.each<[what: string, options: object, message: RegExp]>([
    ['a misspelt option', { enforce: true }, /has no option 'enforce'.*enforced/],
    ['a word for a flag', { clientAuthHeaders: 'yes' }, /clientAuthHeaders must be true or false/],
    [
      'a cap that is no number',
      { maxCertificateBytes: '16k' },
      /maxCertificateBytes must be a positive whole number/,
    ],
    ['a cap of zero', { maxCertificateBytes: 0 }, /maxCertificateBytes must be a positive whole number/],
  ])('does not take %s', (_what, options, message) => {
    expect(() => cloudflare(options)).toThrow(TypeError)
    expect(() => cloudflare(options)).toThrow(message)
  })
})
