import {
  anything,
  element,
  inAnyOrder,
  inOrder,
  literal,
  NO_MATCH,
  ofLength,
  oneOf,
  optional,
  repeated,
  type Rule,
} from '../../../lib/certificate/plain/grammar.js'
import { hex } from '../../support/der.js'

/** Where the rule says that it ends, with a byte before it and one after it that it must not look at. */
const match = (rule: Rule, text: string): number => {
  const bytes = hex(`ff${text}ff`)
  const end = rule(bytes, 1, bytes.length - 1)
  return end === NO_MATCH ? NO_MATCH : end - 1
}

const whole = (rule: Rule, text: string): boolean => match(rule, text) === hex(text).length

const ONE = literal('01')
const TWO = literal('02')
const long = (length: string, bytes: number): string => `04${length}${'00'.repeat(bytes)}`

describe('element', () => {
  it.each([
    ['no content', '0400'],
    ['content of one byte', '0401aa'],
    ['the longest short form', long('7f', 127)],
    ['the shortest of one octet', long('8180', 128)],
    ['the longest of one octet', long('81ff', 255)],
    ['the shortest of two octets', long('820100', 256)],
    ['more of two octets', long('820201', 513)],
  ])('matches %s', (_what, text) => {
    expect(whole(element(0x04, anything), text)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['a tag alone', '04'],
    ['another tag', '0500'],
    ['content that ends too early', '0402aa'],
    ['a length that is cut off', '0481'],
    ['a length of two octets that is cut off', '048201'],
    ['the indefinite length', '04800000'],
    ['one octet where none is needed', '04817f' + '00'.repeat(127)],
    ['two octets where one is enough', '048200ff' + '00'.repeat(255)],
    ['three octets', '0483010000'],
  ])('does not match %s', (_what, text) => {
    expect(match(element(0x04, anything), text)).toBe(NO_MATCH)
  })

  it('does not match what ends with the bytes themselves', () => {
    for (const text of ['04', '0481', '048201']) {
      expect(element(0x04, anything)(hex(text), 0, hex(text).length)).toBe(NO_MATCH)
    }
  })

  it('matches content that is the other rule’s and no more', () => {
    const rule = element(0x04, ONE)
    expect(['040101', '040102', '04020101', '0400'].map((text) => whole(rule, text))).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('inOrder', () => {
  it('matches one after the other', () => {
    expect(['0102', '01', '0201'].map((text) => match(inOrder(ONE, TWO), text))).toEqual([
      2,
      NO_MATCH,
      NO_MATCH,
    ])
  })
})

describe('inAnyOrder', () => {
  it('matches each once at most', () => {
    const texts = ['', '01', '0201', '0102', '0101', '0103', '010203']
    expect(texts.map((text) => match(inAnyOrder(ONE, TWO), text))).toEqual([
      0,
      1,
      2,
      2,
      NO_MATCH,
      NO_MATCH,
      NO_MATCH,
    ])
  })
})

describe('repeated', () => {
  it('matches any number up to the end', () => {
    expect(['', '01', '010101', '0102'].map((text) => match(repeated(ONE), text))).toEqual([
      0,
      1,
      3,
      NO_MATCH,
    ])
  })
})

describe('oneOf', () => {
  it('matches the first that matches', () => {
    expect(['01', '02', '03'].map((text) => match(oneOf(ONE, TWO), text))).toEqual([1, 1, NO_MATCH])
  })
})

describe('optional', () => {
  it('matches it or nothing', () => {
    expect(['01', '02', ''].map((text) => match(optional(ONE), text))).toEqual([1, 0, 0])
  })
})

describe('literal', () => {
  it('matches these bytes and no fewer', () => {
    expect(['0102', '0103', '01'].map((text) => match(literal('0102'), text))).toEqual([
      2,
      NO_MATCH,
      NO_MATCH,
    ])
  })
})

describe('ofLength', () => {
  it('matches so many bytes', () => {
    expect(['', '01', '0101', '010101'].map((text) => match(ofLength(1, 2), text))).toEqual([
      NO_MATCH,
      1,
      2,
      NO_MATCH,
    ])
  })
})
