import { ATTRIBUTE_NAMES, attributeOid, attributeShortName } from '../../lib/certificate/attribute-types.js'

describe('attributeOid', () => {
  it.each([
    ['a property name', 'commonName', '2.5.4.3'],
    ['a short name', 'CN', '2.5.4.3'],
    ['its own OID', '2.5.4.3', '2.5.4.3'],
    ['an OID without a name', '1.2.3', '1.2.3'],
    ['a name of Object.prototype', 'constructor', 'constructor'],
    ['nothing', '', ''],
  ])('takes %s', (_what, type, oid) => {
    expect(attributeOid(type)).toBe(oid)
  })
})

describe('attributeShortName', () => {
  it.each([
    ['2.5.4.3', 'CN'],
    ['2.5.4.9', 'STREET'],
    ['0.9.2342.19200300.100.1.25', 'DC'],
    ['1.2.840.113549.1.9.1', '1.2.840.113549.1.9.1'],
    ['1.2.3', '1.2.3'],
  ])('gives %s as %s', (oid, name) => {
    expect(attributeShortName(oid)).toBe(name)
  })
})

describe('ATTRIBUTE_NAMES', () => {
  it('has an OID for each, and no two alike', () => {
    const oids = ATTRIBUTE_NAMES.map(attributeOid)
    expect(new Set(oids).size).toBe(ATTRIBUTE_NAMES.length)
    expect(oids.filter((oid) => !/^[0-2](\.\d+)+$/.test(oid))).toEqual([])
  })
})
