import { readName } from '../../lib/certificate/read-name.js'
import { codeOf } from '../support/code-of.js'
import {
  ascii,
  attribute,
  COMMON_NAME,
  element,
  hex,
  nameOf,
  ORGANIZATION,
  tlv,
  utf8,
} from '../support/der.js'

describe('readName', () => {
  it('keeps the RDNs, their order and every value of a multi-valued one', () => {
    const name = nameOf(
      [attribute(ORGANIZATION, utf8('o'))],
      [attribute(COMMON_NAME, utf8('a')), attribute(COMMON_NAME, tlv(0x13, ascii('b')))],
    )
    expect(readName(element(name)).map((rdn) => rdn.map(({ type, value }) => [type, value]))).toEqual([
      [['2.5.4.10', 'o']],
      [
        ['2.5.4.3', 'a'],
        ['2.5.4.3', 'b'],
      ],
    ])
  })

  it('gives a value that is no string as the hexadecimal of its DER', () => {
    const [[only] = []] = readName(element(nameOf([attribute(COMMON_NAME, hex('020105'))])))
    expect(only).toEqual({ type: '2.5.4.3', value: '#020105', text: undefined, hex: '#020105' })
  })

  it('is frozen to the last attribute', () => {
    const name = readName(element(nameOf([attribute(COMMON_NAME, utf8('a'))])))
    expect([name, name[0], name[0]?.[0]].every((part) => Object.isFrozen(part))).toBe(true)
  })

  it('takes an empty name', () => {
    expect(readName(element(nameOf()))).toEqual([])
  })

  it.each([
    ['an RDN that is no SET', tlv(0x30, tlv(0x30, attribute(COMMON_NAME, utf8('a'))))],
    ['an attribute that is no SEQUENCE', tlv(0x30, tlv(0x31, tlv(0x31, COMMON_NAME, utf8('a'))))],
    ['an attribute without a type', nameOf([tlv(0x30, utf8('a'))])],
    ['an attribute without a value', nameOf([tlv(0x30, COMMON_NAME)])],
    ['an attribute with two values', nameOf([tlv(0x30, COMMON_NAME, utf8('a'), utf8('b'))])],
    ['a type with two encodings', nameOf([attribute(hex('060455048003'), utf8('a'))])],
    ['a value in invalid UTF-8', nameOf([attribute(COMMON_NAME, tlv(0x0c, hex('ff')))])],
    ['a value in a BMPString of odd length', nameOf([attribute(COMMON_NAME, tlv(0x1e, hex('61')))])],
  ])('refuses %s', (_what, name) => {
    expect(codeOf(() => readName(element(name)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
