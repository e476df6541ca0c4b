import { decodeDecimalSerialNumber, decodeHexSerialNumber } from '../../lib/field/serial-number-text.js'
import { codeOf } from '../support/code-of.js'

describe('decodeHexSerialNumber', () => {
  it.each([
    ['4a:3f:5c:92:d1:e8:7b:6c', '4A3F5C92D1E87B6C'],
    ['3:5c', '35C'],
    ['03A5B1', '03A5B1'],
    ['-0a', '-0A'],
  ])('decodes %s to %s', (text, expected) => {
    expect(decodeHexSerialNumber(text)).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['a colon', ':'],
    ['a colon at the end', '4a:'],
    ['a colon at the beginning', ':4a'],
    ['groups of three', '4a3:f5c'],
    ['a prefix', '0x4a'],
    ['a letter that is no digit', '4g'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeHexSerialNumber(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})

describe('decodeDecimalSerialNumber', () => {
  it.each([
    ['0', '0'],
    ['10', '0A'],
    ['675', '02A3'],
    ['65536', '010000'],
    ['-10', '-0A'],
    ['1461501637330902918203684832716283019655932542975', 'FF'.repeat(20)],
  ])('decodes %s to %s', (text, expected) => {
    expect(decodeDecimalSerialNumber(text)).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['a sign', '-'],
    ['hexadecimal', '0A'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['a space', ' 1'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeDecimalSerialNumber(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
