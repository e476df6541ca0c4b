import { TAG } from '../der.js'
import { element, inOrder, ofLength, oneOf, repeated, type Rule } from './grammar.js'
import { ascii, objectIdentifier, sequence, tagged, text, wrapped } from './primitives.js'

const attribute = sequence(objectIdentifier, text)

/** A `Name` of RFC 5280 section 4.1.2.4 whose values are text. */
export const plainName: Rule = sequence(repeated(element(TAG.set, repeated(attribute))))

const otherName = wrapped(0, inOrder(objectIdentifier, wrapped(0, text)))
const rfc822Name = tagged(1, ascii)
const dNSName = tagged(2, ascii)
const directoryName = wrapped(4, plainName)
const iPAddress = oneOf(tagged(7, ofLength(4, 4)), tagged(7, ofLength(16, 16)))

export const plainUniformResourceIdentifier: Rule = tagged(6, ascii)

/** A `GeneralName` of RFC 5280 section 4.2.1.6, of the types that are in use. */
export const plainGeneralName: Rule = oneOf(
  dNSName,
  plainUniformResourceIdentifier,
  rfc822Name,
  iPAddress,
  directoryName,
  otherName,
)
