import { X509Certificate } from 'node:crypto'
import { createSelfSigned } from 'mtls-identity/testing'
import { encodeName } from '../../lib/testing/distinguished-name.js'

const subjectOf = (subject: Parameters<typeof encodeName>[0]): string =>
  new X509Certificate(createSelfSigned({ subject }).der).subject

describe('subject', () => {
  it.each([
    ['commonName', 'CN'],
    ['surname', 'SN'],
    ['serialNumber', 'serialNumber'],
    ['country', 'C'],
    ['locality', 'L'],
    ['stateOrProvince', 'ST'],
    ['streetAddress', 'street'],
    ['organization', 'O'],
    ['organizationalUnit', 'OU'],
    ['title', 'title'],
    ['givenName', 'GN'],
    ['dnQualifier', 'dnQualifier'],
    ['pseudonym', 'pseudonym'],
    ['organizationIdentifier', 'organizationIdentifier'],
    ['userId', 'UID'],
    ['domainComponent', 'DC'],
    ['emailAddress', 'emailAddress'],
    ['2.5.4.3', 'CN'],
  ])('has %s', (type, label) => {
    expect(subjectOf([[{ type, value: 'DE' }]])).toBe(`${label}=DE`)
  })

  it('has the attributes in the order written, with one RDN for each value', () => {
    const subject = { organization: 'Acme', organizationalUnit: ['one', 'two'], commonName: 'alice' }
    expect(subjectOf(subject)).toBe('O=Acme\nOU=one\nOU=two\nCN=alice')
  })

  it('has several attributes in one RDN', () => {
    const rdn = [
      { type: 'commonName', value: 'a' },
      { type: 'organization', value: 'b' },
    ]
    expect(subjectOf([rdn, [{ type: 'country', value: 'DE' }]])).toBe('CN=a + O=b\nC=DE')
  })

  it('has a value of another type as it was given', () => {
    expect(subjectOf([[{ type: 'commonName', value: Buffer.from('1e0400610062', 'hex') }]])).toBe('CN=ab')
  })

  it.each([
    ['line breaks', 'a\r\nb', String.raw`CN=a\0D\0Ab`],
    ['NUL', 'admin\0.example', String.raw`CN=admin\00.example`],
    ['ESC', '\u001b[2J', String.raw`CN=\1B[2J`],
    ['U+202E', 'a\u202eb', 'CN=a\u202eb'],
    ['separators', 'mallory,CN=admin', String.raw`CN=mallory\,CN=admin`],
    ['nothing', '', 'CN='],
  ])('has any text: %s', (_what, commonName, wanted) => {
    expect(subjectOf({ commonName })).toBe(wanted)
  })

  it('refuses an attribute that it does not know', () => {
    expect(() => subjectOf([[{ type: 'constructor', value: 'x' }]])).toThrow(
      /"constructor" must be an object identifier/,
    )
  })
})

describe('encodeName', () => {
  it.each([
    ['country', 'DE', '1302'],
    ['country', 'D\n', '0c02'],
    ['serialNumber', '01', '1302'],
    ['emailAddress', 'a@', '1602'],
    ['emailAddress', 'é', '0c02'],
    ['domainComponent', 'de', '1602'],
    ['commonName', 'DE', '0c02'],
  ])('gives %s "%s" the string type that it can have', (type, value, head) => {
    const encoded = encodeName([[{ type, value }]])
    expect(encoded.subarray(-4, -2).toString('hex')).toBe(head)
  })
})
