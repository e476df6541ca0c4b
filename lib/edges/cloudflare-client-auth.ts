import { decodeBoolean } from '../field/boolean.js'
import { decodeOpenSslTime } from '../field/openssl-time.js'
import { decodeSerialNumber } from '../field/serial-number.js'
import { decodeSha256Text, MAX_SHA256_TEXT_BYTES } from '../field/sha256-text.js'
import type { AssertionField } from './assertion-fields.js'

const MAX_BOOLEAN_BYTES = 5
const MAX_SERIAL_BYTES = 64
const MAX_TIME_BYTES = 32
/** A name of a certificate of 10 KiB, the largest that Cloudflare forwards, with most bytes escaped. */
const MAX_NAME_BYTES = 32_768

const asText = (text: string): string => text

/** `Cf-Cert-Sha256`, which is compared with the certificate even where the transform is not declared. */
export const TRANSFORM_SHA256 = 'cf-cert-sha256'

/**
 * What the Managed Transform "Add TLS client auth headers" asserts on every request.
 * https://developers.cloudflare.com/rules/transform/managed-transforms/reference/#add-tls-client-auth-headers
 */
export const CLIENT_AUTH_ASSERTIONS: readonly AssertionField[] = [
  { assertion: 'presented', field: 'cf-cert-presented', maxBytes: MAX_BOOLEAN_BYTES, decode: decodeBoolean },
  { assertion: 'verified', field: 'cf-cert-verified', maxBytes: MAX_BOOLEAN_BYTES, decode: decodeBoolean },
  { assertion: 'revoked', field: 'cf-cert-revoked', maxBytes: MAX_BOOLEAN_BYTES, decode: decodeBoolean },
  {
    assertion: 'thumbprint',
    field: TRANSFORM_SHA256,
    maxBytes: MAX_SHA256_TEXT_BYTES,
    decode: decodeSha256Text,
  },
  {
    assertion: 'serialNumber',
    field: 'cf-cert-serial',
    maxBytes: MAX_SERIAL_BYTES,
    decode: decodeSerialNumber,
  },
  { assertion: 'subject', field: 'cf-cert-subject-dn-rfc2253', maxBytes: MAX_NAME_BYTES, decode: asText },
  { assertion: 'issuer', field: 'cf-cert-issuer-dn-rfc2253', maxBytes: MAX_NAME_BYTES, decode: asText },
  {
    assertion: 'notBefore',
    field: 'cf-cert-not-before',
    maxBytes: MAX_TIME_BYTES,
    decode: decodeOpenSslTime,
  },
  { assertion: 'notAfter', field: 'cf-cert-not-after', maxBytes: MAX_TIME_BYTES, decode: decodeOpenSslTime },
]

/** Every field of the transform, with those that say the same again in other spellings. */
export const CLIENT_AUTH_FIELDS: readonly string[] = [
  ...CLIENT_AUTH_ASSERTIONS.map(({ field }) => field),
  'cf-cert-sha1',
  'cf-cert-issuer-serial',
  'cf-cert-ski',
  'cf-cert-issuer-ski',
  'cf-cert-subject-dn',
  'cf-cert-subject-dn-legacy',
  'cf-cert-issuer-dn',
  'cf-cert-issuer-dn-legacy',
]
