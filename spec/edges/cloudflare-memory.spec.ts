import { cloudflare, type Edge, type EdgeStatement } from 'mtls-identity/edges'
import { codeOf } from '../support/code-of.js'
import type { FieldLines } from '../support/raw-client.js'
import { edgeRequest } from './support/edge-request.js'

const SHA = 'ab'.repeat(32)
const ALL = {
  'Cf-Cert-Presented': 'true',
  'Cf-Cert-Verified': 'true',
  'Cf-Cert-Revoked': 'false',
  'Cf-Cert-Sha256': SHA,
  'Cf-Cert-Serial': '0A3F',
  'Cf-Cert-Subject-Dn-Rfc2253': 'CN=alice,O=Example',
  'Cf-Cert-Issuer-Dn-Rfc2253': 'CN=Test CA',
  'Cf-Cert-Not-Before': 'Mar  1 13:35:00 2022 GMT',
  'Cf-Cert-Not-After': 'Mar 21 13:35:00 2032 GMT',
}

/** What the edge reads of these fields, of which those after the first ones may be given twice. */
const read = (edge: Edge, fields: object, ...more: FieldLines): EdgeStatement =>
  edge.read(edgeRequest({ fields: [...Object.entries(fields), ...more] as FieldLines }))

const without = (name: string): object =>
  Object.fromEntries(Object.entries(ALL).filter(([other]) => other !== name))

describe('a statement that Cloudflare makes again', () => {
  let edge: Edge
  let first: EdgeStatement

  beforeEach(() => {
    edge = cloudflare({ clientAuthHeaders: true })
    first = read(edge, ALL)
  })

  it('is the same one, and nobody can change what it asserts', () => {
    expect(read(edge, ALL)).toBe(first)
    expect(Object.isFrozen(first.assertions)).toBe(true)
    first.assertions.notAfter?.setTime(0)
    expect(read(edge, ALL).assertions.notAfter).toEqual(new Date('2032-03-21T13:35:00Z'))
  })

  it.each<[name: keyof typeof ALL, text: string, changed: object]>([
    ['Cf-Cert-Verified', 'false', { assertions: { verified: false }, verifiedBy: undefined }],
    ['Cf-Cert-Revoked', 'true', { assertions: { revoked: true }, verifiedBy: undefined }],
    ['Cf-Cert-Sha256', `${SHA.slice(1)}a`, { thumbprint: `${SHA.slice(1)}a` }],
    ['Cf-Cert-Sha256', SHA.toUpperCase(), { thumbprint: SHA }],
    ['Cf-Cert-Serial', '0A40', { assertions: { serialNumber: '0A40' } }],
    ['Cf-Cert-Subject-Dn-Rfc2253', 'CN=alicf,O=Example', { assertions: { subject: 'CN=alicf,O=Example' } }],
    ['Cf-Cert-Issuer-Dn-Rfc2253', 'CN=Test CB', { assertions: { issuer: 'CN=Test CB' } }],
    [
      'Cf-Cert-Not-Before',
      'Mar  1 13:35:01 2022 GMT',
      { assertions: { notBefore: new Date('2022-03-01T13:35:01Z') } },
    ],
    [
      'Cf-Cert-Not-After',
      'Mar 21 13:35:01 2032 GMT',
      { assertions: { notAfter: new Date('2032-03-21T13:35:01Z') } },
    ],
  ])('is another one where %s is %s', (name, text, changed) => {
    const other = read(edge, { ...ALL, [name]: text })
    expect(other).not.toBe(first)
    expect(other).toMatchObject(changed)
    expect(read(edge, ALL)).toEqual(first)
  })

  it.each(Object.keys(ALL).filter((name) => name !== 'Cf-Cert-Sha256'))(
    'is another one without %s',
    (name) => {
      const others = without(name)
      expect(Object.keys(read(edge, others).assertions)).toHaveLength(
        Object.keys(first.assertions).length - 1,
      )
    },
  )

  it.each<[what: string, more: FieldLines, code: string]>([
    ['"not presented"', [['Cf-Cert-Presented', 'false']], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a second thumbprint', [['Cf-Cert-Sha256', SHA]], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a second name', [['Cf-Cert-Subject-Dn-Rfc2253', 'CN=bob']], 'ERR_MTLS_FIELD_DUPLICATED'],
    [
      'a certificate without its hash',
      [['Cf-Client-Cert-Der-Base64', 'MAA=']],
      'ERR_MTLS_THUMBPRINT_MISMATCH',
    ],
  ])('does not cover %s beside it', (_what, more, code) => {
    expect(codeOf(() => read(edge, ALL, ...more))).toBe(code)
  })

  it('does not hide another hash beside it', () => {
    const other = 'cd'.repeat(32)
    expect(read(edge, ALL, ['Cf-Client-Cert-Sha256', other]).hashes).toEqual([other, SHA])
  })

  it("is not taken for two names that Node's joining makes equal to one", () => {
    const joined = { ...ALL, 'Cf-Cert-Subject-Dn-Rfc2253': 'CN=alice, O=Example' }
    expect(read(edge, joined).assertions.subject).toBe('CN=alice, O=Example')
    const others = without('Cf-Cert-Subject-Dn-Rfc2253')
    const split: FieldLines = [
      ['Cf-Cert-Subject-Dn-Rfc2253', 'CN=alice'],
      ['Cf-Cert-Subject-Dn-Rfc2253', 'O=Example'],
    ]
    expect(codeOf(() => read(edge, others, ...split))).toBe('ERR_MTLS_FIELD_DUPLICATED')
  })

  it('takes no memory that grows with the names in it', () => {
    const long = { ...ALL, 'Cf-Cert-Issuer-Dn-Rfc2253': `CN=${'a'.repeat(510)}` }
    expect(read(edge, long)).not.toBe(read(edge, long))
  })
})
