import { encodeValue, integer, objectIdentifier, setOf, time } from '../../lib/testing/der-writer.js'

describe('encodeValue', () => {
  it.each([
    [0, '0400'],
    [1, '0401'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_536, '0483010000'],
  ])('writes a length of %i in the fewest octets', (length, head) => {
    const value = encodeValue(0x04, Buffer.alloc(length))
    expect(value.subarray(0, head.length / 2).toString('hex')).toBe(head)
    expect(value).toHaveLength(head.length / 2 + length)
  })
})

describe('integer', () => {
  it.each([
    ['0', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['FF', '020200ff'],
    ['0001', '020101'],
    ['100', '02020100'],
    ['f'.repeat(16), '020900ffffffffffffffff'],
  ])('writes %s', (hex, encoded) => {
    expect(integer(hex).toString('hex')).toBe(encoded)
  })

  it.each(['', '-1', '0x1', 'g', '1 2'])('refuses "%s"', (hex) => {
    expect(() => integer(hex)).toThrow(TypeError)
  })
})

describe('objectIdentifier', () => {
  it.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.113549.1.9.1', '06092a864886f70d010901'],
    ['2.999.3', '0603883703'],
    ['2.25.128', '06036981' + '00'],
    ['0.9.2342.19200300.100.1.1', '060a0992268993f22c640101'],
  ])('writes %s', (dotted, encoded) => {
    expect(objectIdentifier(dotted).toString('hex')).toBe(encoded)
  })

  it.each(['', '2', '3.1', '2.5.', 'commonNames', '2.5.4.x'])('refuses "%s"', (dotted) => {
    expect(() => objectIdentifier(dotted)).toThrow(TypeError)
  })
})

describe('setOf', () => {
  it('puts its values in the order of DER', () => {
    expect(setOf(Buffer.of(2, 1, 5), Buffer.of(2, 1, 3)).toString('hex')).toBe('3106020103020105')
  })
})

describe('time', () => {
  it.each([
    ['1999-12-31T23:59:59Z', 0x17, '991231235959Z'],
    ['2049-12-31T23:59:59.999Z', 0x17, '491231235959Z'],
    ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
    ['9999-12-31T23:59:59Z', 0x18, '99991231235959Z'],
  ])('writes %s', (date, tag, text) => {
    expect(time(new Date(date))).toEqual(encodeValue(tag, Buffer.from(text)))
  })
})
