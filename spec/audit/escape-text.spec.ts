import { escapeName, escapeText, MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '../../lib/audit/escape-text.js'
import { createRandom } from '../support/random.js'

/** Everything that a record may not have anywhere: written apart from lib, by number. */
const isUnsafe = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0
  const within = (from: number, to: number): boolean => code >= from && code <= to
  return (
    within(0, 0x1f) ||
    within(0x7f, 0xa0) ||
    within(0x200b, 0x200f) ||
    within(0x2028, 0x202e) ||
    within(0x2060, 0x206f) ||
    within(0xd800, 0xdfff) ||
    [0x61c, 0xad, 0xfeff, 0x3164].includes(code)
  )
}

describe('escapeText', () => {
  it.each([
    ['plain text', 'James Royal', 'James Royal'],
    ['nothing', '', ''],
    ['quotes', `"it's"`, `"it's"`],
    ['letters of any script', 'Лучик é 日本 😀', 'Лучик é 日本 😀'],
    ['a backslash, twice', 'a\\b', 'a\\\\b'],
    ['what looks like an escape', '\\u{A}', '\\\\u{A}'],
    ['NUL, CR and LF', '\0\r\n', '\\u{0}\\u{D}\\u{A}'],
    ['ESC', '\x1b[31m', '\\u{1B}[31m'],
    ['DEL', '\x7f', '\\u{7F}'],
    ['a C1 control', '\x9b31m', '\\u{9B}31m'],
    ['U+2028 and U+2029', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['bidirectional controls', '\u202e\u2066\u200f\u061c', '\\u{202E}\\u{2066}\\u{200F}\\u{61C}'],
    ['what nobody sees', '\u200b\ufeff\u00ad\u3164', '\\u{200B}\\u{FEFF}\\u{AD}\\u{3164}'],
    ['blanks that are no space', '\u00a0\u3000\u2800', '\\u{A0}\\u{3000}\\u{2800}'],
    ['formatting that is not ignorable', '\u0600\ufff9', '\\u{600}\\u{FFF9}'],
    ['a variation selector', 'a\ufe0f', 'a\\u{FE0F}'],
    ['a tag character', '\u{e0041}', '\\u{E0041}'],
    ['half of a pair', '\ud83da', '\\u{D83D}a'],
  ])('writes %s', (_what, text, escaped) => {
    expect(escapeText(text)).toBe(escaped)
  })

  it.each([
    ['as long as it may be', 'a'.repeat(256), 'a'.repeat(256)],
    ['too long by one', 'a'.repeat(257), `${'a'.repeat(256)}\\{1 more}`],
    ['of 64 KB', 'a'.repeat(65_536), `${'a'.repeat(256)}\\{65280 more}`],
    ['that escapes make too long', '\n'.repeat(100), `${'\\u{A}'.repeat(51)}\\{49 more}`],
    ['of which a pair does not fit', `${'a'.repeat(255)}😀b`, `${'a'.repeat(255)}\\{3 more}`],
  ])('cuts text %s', (_what, text, escaped) => {
    expect(escapeText(text)).toBe(escaped)
  })

  it('never takes two texts for one, nor writes what is unsafe or too long', () => {
    const random = createRandom(5)
    const alphabet = [
      '\\',
      '\n',
      '\x9b',
      '\u202e',
      '\ud83d',
      'u',
      '{',
      '}',
      'A',
      ' ',
      '4 more',
      '😀',
      '\u200b',
    ]
    const written = new Map<string, string>()
    for (let run = 0; run < 5_000; run++) {
      const text = Array.from({ length: random(7) }, () => alphabet[random(alphabet.length)] ?? '').join('')
      const escaped = escapeText(text, 40)
      expect(Array.from(escaped).some(isUnsafe)).toBe(false)
      expect(escaped.length).toBeLessThanOrEqual(40 + '\\{40 more}'.length)
      if (/\\\{\d+ more\}$/.test(escaped)) continue
      expect(written.get(escaped) ?? text).toBe(text)
      written.set(escaped, text)
    }
    expect(MAX_TEXT_LENGTH).toBe(256)
  })
})

describe('escapeName', () => {
  it.each([
    ['escapes of RFC 4514, as they are', 'CN=a\\2C \\E2\\80\\AE\\,b', 'CN=a\\2C \\E2\\80\\AE\\,b'],
    ['letters of any script', 'CN=Лучик', 'CN=Лучик'],
    ['what RFC 4514 leaves and nobody sees', 'CN=a\u3164', 'CN=a\\u{3164}'],
  ])('writes %s', (_what, name, escaped) => {
    expect(escapeName(name)).toBe(escaped)
  })

  it('cuts between two characters, never within an escape', () => {
    const name = `CN=${'a'.repeat(MAX_NAME_LENGTH - 4)}\\2Cb`
    expect(escapeName(name)).toBe(`${name.slice(0, MAX_NAME_LENGTH - 1)}\\{4 more}`)
  })
})
