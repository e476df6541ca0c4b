import { isUtf8 } from 'node:buffer'
import { TAG } from '../der.js'
import { byteAt, element, inOrder, literal, NO_MATCH, oneOf, type Rule } from './grammar.js'

/** Four octets of seven bits: what every reader holds in a number. */
const MAX_SUBIDENTIFIER_BYTES = 4

export const sequence = (...parts: readonly Rule[]): Rule => element(TAG.sequence, inOrder(...parts))

/** The value in front of which `n` stands in square brackets, in place of its tag. */
export const tagged = (n: number, content: Rule): Rule => element(TAG.implicit(n), content)

/** A constructed value in front of which `n` stands in square brackets. */
export const wrapped = (n: number, content: Rule): Rule => element(TAG.explicit(n), content)

/** A BIT STRING of whole bytes. */
export const bitString = (content: Rule): Rule => element(TAG.bitString, inOrder(literal('00'), content))

export const octetString = (content: Rule): Rule => element(TAG.octetString, content)

/** The content of an INTEGER, in the shortest form (X.690 section 8.3.2). */
export const integerContent: Rule = (der, start, end) => {
  if (start === end) return NO_MATCH
  if (end - start === 1) return end
  const sign = byteAt(der, start + 1) >> 7
  return (der[start] === 0x00 && sign === 0) || (der[start] === 0xff && sign === 1) ? NO_MATCH : end
}

export const integer: Rule = element(TAG.integer, integerContent)

const oidContent: Rule = (der, start, end) => {
  let octets = 0
  for (let i = start; i < end; i++) {
    const byte = byteAt(der, i)
    if (octets === 0 && byte === 0x80) return NO_MATCH
    octets = byte < 0x80 ? 0 : octets + 1
    if (octets === MAX_SUBIDENTIFIER_BYTES) return NO_MATCH
  }
  return start < end && octets === 0 ? end : NO_MATCH
}

/** An OBJECT IDENTIFIER whose arcs are no large numbers. */
export const objectIdentifier: Rule = element(TAG.oid, oidContent)

/** ASCII, up to the end. */
export const ascii: Rule = (der, start, end) => {
  for (let i = start; i < end; i++) if (byteAt(der, i) >= 0x80) return NO_MATCH
  return end
}

const utf8: Rule = (der, start, end) => (isUtf8(der.subarray(start, end)) ? end : NO_MATCH)

export const ia5String: Rule = element(TAG.ia5String, ascii)

/** A UTF8String, a PrintableString or an IA5String that is what it says. */
export const text: Rule = oneOf(element(TAG.utf8String, utf8), element(TAG.printableString, ascii), ia5String)
