import { escapeAttributeValue } from '../../lib/certificate/escape.js'
import { createRandom } from '../support/random.js'

/** RFC 4514 section 3: a pair is a backslash and a special character, or a backslash and two hex digits. */
const unescape = (text: string): string => {
  const bytes: Buffer[] = []
  for (const [, pair, special, other] of text.matchAll(/\\([0-9A-F]{2})|\\(["+,;<>\\ #=])|([^\\])/gsu)) {
    bytes.push(pair === undefined ? Buffer.from(special ?? other ?? '') : Buffer.from(pair, 'hex'))
  }
  return Buffer.concat(bytes).toString()
}

describe('escapeAttributeValue', () => {
  it.each([
    ['plain text', 'James Royal', 'James Royal'],
    ['nothing', '', ''],
    ['special characters', '"+,;<>\\', '\\"\\+\\,\\;\\<\\>\\\\'],
    ['a number sign in front', '#1', '\\#1'],
    ['a number sign elsewhere', 'a#', 'a#'],
    ['a space in front', ' a', '\\ a'],
    ['a space at the end', 'a ', 'a\\ '],
    ['one space alone, escaped once', ' ', '\\ '],
    ['two spaces', '  ', '\\ \\ '],
    ['three spaces', '   ', '\\  \\ '],
    ['a backslash and a space', '\\ ', '\\\\\\ '],
    ['an equals sign, which RFC 4514 leaves', 'a=b', 'a=b'],
    ['letters of any script', 'Лучик é 日本', 'Лучик é 日本'],
    ['NUL', 'a\0b', 'a\\00b'],
    ['ESC', '\x1b[31m', '\\1B[31m'],
    ['LF and CR', 'a\r\nCN=admin', 'a\\0D\\0ACN=admin'],
    ['DEL', '\x7f', '\\7F'],
    ['a C1 control', '\x9b31m', '\\C2\\9B31m'],
    ['U+202E, which turns text round', '\u202etxt', '\\E2\\80\\AEtxt'],
    ['U+200B, which nobody sees', 'ad\u200bmin', 'ad\\E2\\80\\8Bmin'],
    ['U+2028 and U+2029', '\u2028\u2029', '\\E2\\80\\A8\\E2\\80\\A9'],
    ['a tag character', '\u{e0041}', '\\F3\\A0\\81\\81'],
  ])('writes %s', (_what, value, escaped) => {
    expect(escapeAttributeValue(value)).toBe(escaped)
  })

  it('can always be undone, so that no two values are written alike', () => {
    const random = createRandom(4514)
    const alphabet = [' ', '#', '\\', ',', '+', '"', '=', '\0', '\n', '\x1b', '\u202e', 'a', 'é', '😀', '0A']
    for (let run = 0; run < 5_000; run++) {
      const value = Array.from({ length: random(8) }, () => alphabet[random(alphabet.length)] ?? '').join('')
      const escaped = escapeAttributeValue(value)
      expect(unescape(escaped)).toBe(value)
      expect(escaped).not.toMatch(/\p{Cc}|\p{Cf}|^[ #]|(?<!\\) $/u)
    }
  })
})
