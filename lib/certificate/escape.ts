/** Characters that RFC 4514 section 2.4 requires to be escaped wherever they stand. */
const SPECIAL = /["+,;<>\\]/g

/**
 * Characters that would break or disguise a log line or a terminal: controls, line and paragraph
 * separators, bidirectional and other invisible formatting. RFC 4514 lets any character be escaped.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const escapeBytes = (character: string): string =>
  Buffer.from(character)
    .toString('hex')
    .toUpperCase()
    .replace(/../g, (pair) => `\\${pair}`)

/** The string form of an attribute value: RFC 4514 section 2.4, with what could forge a log line escaped. */
export const escapeAttributeValue = (value: string): string =>
  value
    .replace(SPECIAL, (character) => `\\${character}`)
    .replace(UNSAFE, escapeBytes)
    // The last space before the first character, which may be the same one: it is escaped once.
    .replace(/ $/, '\\ ')
    .replace(/^[ #]/, (character) => `\\${character}`)
