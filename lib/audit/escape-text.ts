/** What any one text in a record may be long, in UTF-16 units, its escapes included. */
export const MAX_TEXT_LENGTH = 256
/** The same for a whole distinguished name. Elasticsearch does not index a keyword of more. */
export const MAX_NAME_LENGTH = 1_024

/**
 * What would break, disguise or hide text in a log or on a terminal: controls, separators of lines and
 * paragraphs, bidirectional and other invisible formatting, lone surrogates, and every blank but a space.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Space_Separator}/u

const HARMLESS_TEXT = /^[ -[\]-~]*$/
const TEXT_CHARACTER = /./gsu
const HARMLESS_NAME = /^[ -~]*$/
/** A character of an RFC 4514 string, with the backslash that escapes it. */
const NAME_CHARACTER = /\\(?:[\dA-Fa-f]{2}|.)|./gsu

const escapeUnsafe = (character: string): string =>
  UNSAFE.test(character) ? `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}` : character

const escapeCharacter = (character: string): string => (character === '\\' ? '\\\\' : escapeUnsafe(character))

interface Grammar {
  readonly maxLength: number
  readonly characters: RegExp
  readonly escape: (character: string) => string
}

/** Escapes until it is long enough; then says how many UTF-16 units are left out, as no content can. */
const write = (text: string, { maxLength, characters, escape }: Grammar): string => {
  let written = ''
  let read = 0
  for (const [character] of text.slice(0, maxLength + 1).matchAll(characters)) {
    const escaped = escape(character)
    if (written.length + escaped.length > maxLength) return written + omitted(text.length - read)
    written += escaped
    read += character.length
  }
  return written
}

/** How a record says that so much is left out: a backslash before a brace is never content. */
export const omitted = (count: number): string => `\\{${count} more}`

/**
 * Text of any origin, safe in one line of a log: what could break or disguise it is written as `\u{202E}`, a
 * backslash as two, and what is too long is cut and marked `\{123 more}`. Never takes two texts for one, but
 * for what is cut. Letters of any script stay: look-alikes are told apart by the thumbprint only.
 */
export const escapeText = (text: string, maxLength = MAX_TEXT_LENGTH): string =>
  text.length <= maxLength && HARMLESS_TEXT.test(text)
    ? text
    : write(text, { maxLength, characters: TEXT_CHARACTER, escape: escapeCharacter })

/** The same for an RFC 4514 string, whose own escapes are kept. */
export const escapeName = (name: string): string =>
  name.length <= MAX_NAME_LENGTH && HARMLESS_NAME.test(name)
    ? name
    : write(name, { maxLength: MAX_NAME_LENGTH, characters: NAME_CHARACTER, escape: escapeUnsafe })
