import { anything, literal, oneOf, type Rule } from './grammar.js'
import { bitString, integer, sequence } from './primitives.js'

const NULL = literal('0500')

const rsaKey = sequence(
  sequence(literal('06092a864886f70d010101'), NULL),
  bitString(sequence(integer, integer)),
)

const namedCurve = oneOf(
  literal('06082a8648ce3d030107'), // P-256
  literal('06052b81040022'), // P-384
  literal('06052b81040023'), // P-521
)
const ellipticCurveKey = sequence(sequence(literal('06072a8648ce3d0201'), namedCurve), bitString(anything))

const ED25519 = literal('06032b6570')
const edwardsKey = sequence(sequence(ED25519), bitString(anything))

/** A SubjectPublicKeyInfo of RFC 3279, RFC 5480 or RFC 8410. */
export const plainPublicKey: Rule = oneOf(ellipticCurveKey, rsaKey, edwardsKey)

/** An AlgorithmIdentifier of a signature (RFC 4055, RFC 5758, RFC 8410). */
export const plainSignatureAlgorithm: Rule = oneOf(
  sequence(literal('06082a8648ce3d040302')), // ecdsa-with-SHA256
  sequence(literal('06082a8648ce3d040303')), // ecdsa-with-SHA384
  sequence(literal('06082a8648ce3d040304')), // ecdsa-with-SHA512
  sequence(literal('06092a864886f70d01010b'), NULL), // sha256WithRSAEncryption
  sequence(literal('06092a864886f70d01010c'), NULL), // sha384WithRSAEncryption
  sequence(literal('06092a864886f70d01010d'), NULL), // sha512WithRSAEncryption
  sequence(ED25519),
  sequence(literal('06092a864886f70d010105'), NULL), // sha1WithRSAEncryption
)
