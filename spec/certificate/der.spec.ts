import { assertOneSequence, DerReader, TAG } from '../../lib/certificate/der.js'
import { codeOf } from '../support/code-of.js'
import { element, hex, tlv } from '../support/der.js'

const INVALID = 'ERR_MTLS_CERTIFICATE_INVALID'

describe('DerReader', () => {
  it('reads element after element to the end', () => {
    const reader = new DerReader(hex('020105 0500 0c026869'))
    expect(reader.done).toBe(false)
    expect([...reader].map(({ tag, content }) => [tag, Buffer.from(content).toString('hex')])).toEqual([
      [0x02, '05'],
      [0x05, ''],
      [0x0c, '6869'],
    ])
    expect(reader.done).toBe(true)
    expect(reader.tag).toBeUndefined()
  })

  it.each([
    ['one octet', 127, '047f'],
    ['two octets', 128, '048180'],
    ['three octets', 256, '04820100'],
    ['four octets', 65_536, '0483010000'],
  ])('reads a length of %s', (_what, length, header) => {
    const der = Buffer.concat([hex(header), Buffer.alloc(length)])
    expect(element(der).content).toHaveLength(length)
    expect(element(der).raw).toHaveLength(der.length)
  })

  it('gives the bytes themselves, not copies', () => {
    const der = hex('0401aa')
    expect(element(der).content.buffer).toBe(der.buffer)
  })

  it('reads an optional element only if it has the tag', () => {
    const reader = new DerReader(hex('020105'))
    expect(reader.readOptional(TAG.boolean)).toBeUndefined()
    expect(reader.readOptional(TAG.integer)?.tag).toBe(TAG.integer)
    expect(reader.readOptional(TAG.integer)).toBeUndefined()
  })

  it('reads children within their parent only', () => {
    const { children } = element(hex('3003020105'))
    expect(children.read(TAG.integer).content).toHaveLength(1)
    expect(() => {
      children.assertDone()
    }).not.toThrow()
  })

  it.each([
    ['nothing at all', ''],
    ['a tag without a length', '02'],
    ['a length that is cut off', '0482 01'],
    ['a length beyond the end', '040300'],
    ['an indefinite length', '3080 0000'],
    ['a long length that fits in the short form', '04817f'],
    ['a length with a leading zero', '0482 00ff'],
    ['a length of five octets', '0484 00000001 00'],
    ['a tag of two octets', '1f2a00'],
  ])('refuses %s', (_what, bytes) => {
    expect(codeOf(() => element(hex(bytes)))).toBe(INVALID)
  })

  it('refuses a child that is longer than its parent', () => {
    expect(codeOf(() => element(hex('3003 020305 0101')).children.next())).toBe(INVALID)
  })

  it('refuses another tag than the one that must be there, and the end', () => {
    expect(codeOf(() => new DerReader(hex('020105')).read(TAG.boolean))).toBe(INVALID)
    expect(codeOf(() => new DerReader(hex('')).read(TAG.boolean))).toBe(INVALID)
  })
})

describe('DerElement', () => {
  it('asserts its tag', () => {
    const integer = element(hex('020105'))
    expect(
      codeOf(() => {
        integer.assertTag(TAG.integer)
      }),
    ).toBeUndefined()
    expect(
      codeOf(() => {
        integer.assertTag(TAG.oid)
      }),
    ).toBe(INVALID)
  })
})

describe('TAG', () => {
  it('gives the tags of context-specific values', () => {
    expect([TAG.explicit(0), TAG.explicit(3), TAG.implicit(1)]).toEqual([0xa0, 0xa3, 0x81])
  })
})

describe('assertOneSequence', () => {
  it('takes one SEQUENCE', () => {
    expect(
      codeOf(() => {
        assertOneSequence(tlv(0x30, hex('0500')))
      }),
    ).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['another type', '0500'],
    ['bytes after it', '3000 00'],
    ['a second one', '3000 3000'],
    ['PEM', Buffer.from('-----BEGIN CERTIFICATE-----').toString('hex')],
  ])('refuses %s', (_what, bytes) => {
    expect(
      codeOf(() => {
        assertOneSequence(hex(bytes))
      }),
    ).toBe(INVALID)
  })
})
