import { decodeLatin1, decodeString } from '../../lib/certificate/directory-string.js'
import { codeOf } from '../support/code-of.js'
import { element, hex, tlv } from '../support/der.js'

const decode = (tag: number, bytes: string): string | undefined => decodeString(element(tlv(tag, hex(bytes))))

describe('decodeString', () => {
  it.each([
    ['UTF8String', 0x0c, 'c3a9f09f9880', 'é😀'],
    ['UTF8String with a byte order mark, which stays', 0x0c, 'efbbbf61', '\ufeffa'],
    ['UTF8String with NUL, ESC and LF, as they are', 0x0c, '001b0a', '\0\x1b\n'],
    ['NumericString', 0x12, '3132', '12'],
    ['PrintableString', 0x13, '6162', 'ab'],
    ['PrintableString beyond ASCII, byte by byte', 0x13, 'e9ff', 'éÿ'],
    ['TeletexString, read as Latin-1', 0x14, 'e4f6', 'äö'],
    ['IA5String', 0x16, '614062', 'a@b'],
    ['VisibleString', 0x1a, '61', 'a'],
    ['UniversalString', 0x1c, '00000061 0001f600', 'a😀'],
    ['BMPString', 0x1e, '0061 20ac', 'a€'],
    ['BMPString with a surrogate pair', 0x1e, 'd83dde00', '😀'],
    ['BMPString with a byte order mark, which stays', 0x1e, 'feff0061', '\ufeffa'],
    ['empty UTF8String', 0x0c, '', ''],
    ['empty BMPString', 0x1e, '', ''],
  ])('reads a(n) %s', (_what, tag, bytes, text) => {
    expect(decode(tag, bytes)).toBe(text)
  })

  it('reads bytes that lie anywhere in others', () => {
    const parts = element(tlv(0x30, hex('0500'), tlv(0x1c, hex('00000061')), tlv(0x1e, hex('0062')))).children
    expect([...parts].map(decodeString)).toEqual([undefined, 'a', 'b'])
  })

  it.each([
    ['an INTEGER', 0x02, '61'],
    ['an OCTET STRING', 0x04, '61'],
    ['a constructed UTF8String', 0x2c, '0c0161'],
    ['a GeneralString', 0x1b, '61'],
    ['a value with a tag of its own', 0x8c, '61'],
  ])('gives undefined for %s', (_what, tag, bytes) => {
    expect(decode(tag, bytes)).toBeUndefined()
  })

  it.each([
    ['UTF-8 that is cut off', 0x0c, 'c3'],
    ['overlong UTF-8', 0x0c, 'c080'],
    ['surrogates in UTF-8', 0x0c, 'eda080edb080'],
    ['Latin-1 in a UTF8String', 0x0c, 'e9'],
    ['a BMPString of odd length', 0x1e, '006100'],
    ['a BMPString with half a surrogate pair', 0x1e, 'd83d'],
    ['a BMPString with a pair the wrong way round', 0x1e, 'de00d83d'],
    ['a UniversalString of six bytes', 0x1c, '000000610000'],
    ['a UniversalString beyond Unicode', 0x1c, '00110000'],
    ['a UniversalString with half a surrogate pair', 0x1c, '0000d83d'],
    ['a UniversalString with both halves, which would read like U+1F600', 0x1c, '0000d83d 0000de00'],
  ])('refuses %s', (_what, tag, bytes) => {
    expect(codeOf(() => decode(tag, bytes))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})

describe('decodeLatin1', () => {
  it('gives every byte a character of its own', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(new Set(decodeLatin1(bytes)).size).toBe(256)
  })
})
