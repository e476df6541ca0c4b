import { readGeneralName } from '../../lib/certificate/general-name.js'
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

const UPN = hex('060a2b060104018237140203')
const otherName = (...parts: readonly Uint8Array[]): Buffer => tlv(0xa0, ...parts)
const ip = (digits: string): Buffer => tlv(0x87, hex(digits))
const NAME = nameOf([attribute(ORGANIZATION, utf8('x'))], [attribute(COMMON_NAME, utf8('a,b'))])

describe('readGeneralName', () => {
  it.each([
    ['rfc822Name', tlv(0x81, ascii('a@example.org')), 'a@example.org'],
    ['dNSName', tlv(0x82, ascii('*.Example.org')), '*.Example.org'],
    ['uniformResourceIdentifier', tlv(0x86, ascii('spiffe://a/b')), 'spiffe://a/b'],
    ['registeredID', tlv(0x88, hex('550403')), '2.5.4.3'],
    ['directoryName', tlv(0xa4, NAME), 'CN=a\\,b,O=x'],
    ['otherName', otherName(UPN, tlv(0xa0, utf8('a@example.org'))), '1.3.6.1.4.1.311.20.2.3=a@example.org'],
    ['otherName', otherName(hex('06012a'), tlv(0xa0, hex('020105'))), '1.2=#020105'],
    ['otherName', otherName(hex('06012a'), tlv(0xa0, utf8('#020105'))), '1.2=\\#020105'],
    ['otherName', otherName(hex('06012a'), tlv(0xa0, utf8('a\nb'))), '1.2=a\\0Ab'],
    ['x400Address', tlv(0xa3, hex('3000')), '#a3023000'],
    ['ediPartyName', tlv(0xa5, hex('a1020c00')), '#a504a1020c00'],
  ])('reads a(n) %s', (type, der, value) => {
    expect(readGeneralName(element(der))).toEqual({ type, value })
  })

  it.each([
    ['c0000201', '192.0.2.1'],
    ['00000000', '0.0.0.0'],
    ['20010db8 00000000 00000000 00000001', '2001:db8::1'],
    ['20010db8 00000001 00000000 00000001', '2001:db8:0:1::1'],
    ['20010db8 00000000 00010000 00000001', '2001:db8::1:0:0:1'],
    ['20010db8 00000001 00010001 00010001', '2001:db8:0:1:1:1:1:1'],
    ['fe80abcd 00000000 00000000 0000000a', 'fe80:abcd::a'],
    ['00000000 00000000 00000000 00000000', '::'],
    ['00000000 00000000 00000000 00000001', '::1'],
    ['00000000 00000000 0000ffff c0000201', '::ffff:192.0.2.1'],
  ])('writes the address %s as RFC 5952 does: %s', (bytes, value) => {
    expect(readGeneralName(element(ip(bytes)))).toEqual({ type: 'iPAddress', value })
  })

  it('takes what looks like two names for one URI (CVE-2021-44532)', () => {
    const value = 'https://a.example, DNS:admin.example'
    expect(readGeneralName(element(tlv(0x86, ascii(value))))).toEqual({
      type: 'uniformResourceIdentifier',
      value,
    })
  })

  it('keeps NUL in a value, so that no shorter name matches', () => {
    expect(readGeneralName(element(tlv(0x82, ascii('admin.example\0.evil.example')))).value).toHaveLength(27)
  })

  it('is frozen', () => {
    expect(Object.isFrozen(readGeneralName(element(tlv(0x82, ascii('a')))))).toBe(true)
  })

  it.each([
    ['an address of no bytes', ip('')],
    ['an address of 5 bytes', ip('c000020100')],
    ['an address with a mask, as name constraints have it', ip('c0000200ffffff00')],
    ['an address of 17 bytes', ip('00'.repeat(17))],
    ['an unknown choice', tlv(0x89, ascii('a'))],
    ['a type that is no choice', tlv(0x16, ascii('a'))],
    ['a constructed dNSName', tlv(0xa2, tlv(0x16, ascii('a')))],
    ['a primitive directoryName', tlv(0x84, NAME)],
    ['a directoryName without a name', tlv(0xa4)],
    ['two directory names in one', tlv(0xa4, NAME, NAME)],
    ['a directoryName that is no SEQUENCE', tlv(0xa4, hex('3100'))],
    ['an otherName without a type', otherName(tlv(0xa0, utf8('a')))],
    ['an otherName without a value', otherName(UPN)],
    ['an otherName with an empty value', otherName(UPN, tlv(0xa0))],
    ['an otherName with two values in one', otherName(UPN, tlv(0xa0, utf8('a'), utf8('b')))],
    ['an otherName with two values', otherName(UPN, tlv(0xa0, utf8('a')), tlv(0xa0, utf8('b')))],
    ['an otherName in invalid UTF-8', otherName(UPN, tlv(0xa0, tlv(0x0c, hex('ff'))))],
    ['an empty registeredID', tlv(0x88)],
  ])('refuses %s', (_what, der) => {
    expect(codeOf(() => readGeneralName(element(der)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
