import { TAG } from '../der.js'
import { plainExtensions } from './extensions.js'
import { anything, element, literal, oneOf, optional, type Rule } from './grammar.js'
import { plainName } from './names.js'
import { bitString, integer, sequence, wrapped } from './primitives.js'
import { plainPublicKey, plainSignatureAlgorithm } from './public-key.js'

/** So that no limit of another parser on the number of elements is met. */
const MAX_BYTES = 16_384

const time = oneOf(element(TAG.utcTime, anything), element(TAG.generalizedTime, anything))
const version3 = literal('a003020102')

const tbsCertificate: Rule = sequence(
  version3,
  integer,
  plainSignatureAlgorithm,
  plainName,
  sequence(time, time),
  plainName,
  plainPublicKey,
  optional(wrapped(3, sequence(plainExtensions))),
)

const certificate = sequence(tbsCertificate, plainSignatureAlgorithm, bitString(anything))

/**
 * Whether a certificate is made of nothing but what every parser is known to read in the same way: RFC 5280's
 * frame, keys and signatures in use, names of text, the common extensions in their common forms. Most
 * certificates are; of the others nothing is said. The times are not looked into.
 */
export const isPlainCertificate = (der: Uint8Array): boolean =>
  der.length <= MAX_BYTES && certificate(der, 0, der.length) === der.length
