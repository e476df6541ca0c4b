import { TAG } from '../der.js'
import {
  anything,
  byteAt,
  element,
  inAnyOrder,
  literal,
  NO_MATCH,
  ofLength,
  optional,
  repeated,
  type Rule,
} from './grammar.js'
import { plainGeneralName, plainUniformResourceIdentifier } from './names.js'
import {
  ia5String,
  integerContent,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  wrapped,
} from './primitives.js'

const boolean = element(TAG.boolean, ofLength(1, 1))
const smallInteger = element(TAG.integer, ofLength(1, 1))
/** Up to seven unused bits, then the bits. */
const bits: Rule = element(TAG.bitString, (der, start, end) =>
  start < end && byteAt(der, start) < 8 ? end : NO_MATCH,
)

const distributionPoint = sequence(wrapped(0, wrapped(0, repeated(plainGeneralName))))
const accessDescription = sequence(objectIdentifier, plainUniformResourceIdentifier)
const policyQualifier = sequence(objectIdentifier, ia5String)
const policyInformation = sequence(objectIdentifier, optional(sequence(repeated(policyQualifier))))
const keyIdentifier = tagged(0, anything)
const authorityCertIssuer = wrapped(1, repeated(plainGeneralName))
const authorityCertSerialNumber = tagged(2, integerContent)

/** An `Extension` with this OID, in hexadecimal DER, and a value of this form. */
const extension = (oid: string, value: Rule): Rule =>
  sequence(literal(oid), optional(boolean), octetString(value))

/** Extensions of RFC 5280 section 4.2, RFC 6962 and Netscape, in the forms in which they are used. */
export const plainExtensions: Rule = inAnyOrder(
  extension('0603551d0e', octetString(anything)), // subjectKeyIdentifier
  extension('0603551d0f', bits), // keyUsage
  extension('0603551d11', sequence(repeated(plainGeneralName))), // subjectAltName
  extension('0603551d13', sequence(optional(boolean), optional(smallInteger))), // basicConstraints
  extension('0603551d1f', sequence(repeated(distributionPoint))), // cRLDistributionPoints
  extension('0603551d20', sequence(repeated(policyInformation))), // certificatePolicies
  extension(
    '0603551d23', // authorityKeyIdentifier
    sequence(optional(keyIdentifier), optional(authorityCertIssuer), optional(authorityCertSerialNumber)),
  ),
  extension('0603551d25', sequence(repeated(objectIdentifier))), // extKeyUsage
  extension('06082b06010505070101', sequence(repeated(accessDescription))), // authorityInfoAccess
  extension('060a2b06010401d679020402', octetString(anything)), // signedCertificateTimestampList
  extension('06096086480186f8420101', bits), // netscape-cert-type
  extension('06096086480186f842010d', ia5String), // netscape-comment
)
