import { parseXfcc, type XfccElement } from '../../lib/field/xfcc.js'
import { codeOf } from '../support/code-of.js'

const parse = (text: string, maxElements = 9): unknown[] =>
  parseXfcc(text, maxElements).map((element: XfccElement) => Object.fromEntries(element))

describe('parseXfcc', () => {
  it.each<[what: string, text: string, elements: unknown[]]>([
    ['a pair', 'Hash=ab', [{ hash: ['ab'] }]],
    ['pairs', 'By=a;Hash=b', [{ by: ['a'], hash: ['b'] }]],
    ['elements', 'Hash=a,Hash=b', [{ hash: ['a'] }, { hash: ['b'] }]],
    ['an empty value', 'URI=;Hash=b', [{ uri: [''], hash: ['b'] }]],
    ['an empty value in quotes', 'Subject=""', [{ subject: [''] }]],
    [
      'names that repeat',
      'DNS=a;DNS=b;URI=c;URI=d;By=e;By=f',
      [{ dns: ['a', 'b'], uri: ['c', 'd'], by: ['e', 'f'] }],
    ],
    ['separators in quotes', 'Subject="a,b;c=d"', [{ subject: ['a,b;c=d'] }]],
    ['quotes in quotes', 'Subject="\\"a\\""', [{ subject: ['"a"'] }]],
    ['other escapes as they stand', 'Subject="a\\,b\\\\"', [{ subject: ['a\\,b\\\\'] }]],
    ['a semicolon before a comma', 'Hash=a;,Hash=b;', [{ hash: ['a'] }, { hash: ['b'] }]],
    ['spaces in a value', 'URI=a b', [{ uri: ['a b'] }]],
    ['a key that is a name of Object', 'constructor=a', [{ constructor: ['a'] }]],
  ])('parses %s', (_what, text, elements) => {
    expect(parse(text)).toEqual(elements)
  })

  it('counts elements', () => {
    expect(parse('Hash=a,Hash=b', 2)).toHaveLength(2)
    expect(codeOf(() => parse('Hash=a,Hash=b,Hash=c', 2))).toBe('ERR_MTLS_FIELD_INVALID')
  })

  it.each([
    ['nothing', ''],
    ['a comma', ','],
    ['a semicolon', ';'],
    ['a semicolon at the beginning', ';Hash=a'],
    ['two semicolons', 'Hash=a;;'],
    ['an element without pairs', 'Hash=a,,Hash=b'],
    ['a key without a value', 'Hash'],
    ['a value without a key', '=a'],
    ['a key with a digit', 'Hash1=a'],
    ['a space before a key', 'Hash=a, Hash=b'],
    ['a quote that is not closed', 'Subject="a'],
    ['a quote whose end is escaped', 'Subject="a\\"'],
    ['something behind a quote', 'Subject="a" '],
    ['a quote in a bare value', 'URI=a"'],
    ['an equals sign in a bare value', 'URI=a=b'],
    ['a key that repeats', 'Hash=a;HASH=b'],
    ['an unknown key that repeats', 'X=a;X=b'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => parse(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })

  it.each<[what: string, text: string, matches: number]>([
    ['16 KiB of commas', ','.repeat(16_384), 1],
    ['16 KiB of elements', 'A=,'.repeat(5_461), 10],
    ['16 KiB of pairs', 'By=;'.repeat(4_096), 4_096],
    ['16 KiB of one quote', `A="${'\\"'.repeat(8_192)}`, 1],
  ])('looks for no more pairs than there are in %s', (_what, text, matches) => {
    const exec = jest.spyOn(RegExp.prototype, 'exec')
    try {
      codeOf(() => parse(text))
      expect(exec.mock.contexts.filter((pattern) => (pattern as RegExp).sticky)).toHaveLength(matches)
    } finally {
      exec.mockRestore()
    }
  })

  const KIB = 1_024
  it.each<[what: string, text: (length: number) => string]>([
    ['commas', (length) => ','.repeat(length)],
    ['letters', (length) => 'a'.repeat(length)],
    ['quotes', (length) => `A=${'"'.repeat(length)}`],
    ['a quote that is not closed', (length) => `A="${'a'.repeat(length)}`],
    ['backslashes', (length) => `A="${'\\'.repeat(length)}`],
    ['escaped quotes', (length) => `A="${'\\"'.repeat(length / 2)}`],
    ['a bare value', (length) => `A=${'a'.repeat(length)}"`],
  ])('looks at each character of %s once', (_what, text) => {
    // Sixteen times the text would cost 256 times as much if the cost were a square.
    expect(cost(text(256 * KIB))).toBeLessThan(100 * cost(text(16 * KIB)) + 1)
    expect(cost(text(16 * KIB))).toBeLessThan(5)
  })
})

/** Milliseconds that refusing a text takes, the best of several. */
const cost = (text: string): number => {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now()
    codeOf(() => parseXfcc(text, 9))
    return performance.now() - start
  })
  return Math.min(...times)
}
