import { decodeBit } from '../field/bit.js'
import { decodeBoolean } from '../field/boolean.js'
import { decodeOpenSslTime } from '../field/openssl-time.js'
import { decodeHexSerialNumber, MAX_SERIAL_NUMBER_BYTES } from '../field/serial-number-text.js'
import { decodeSha256Text, MAX_SHA256_TEXT_BYTES } from '../field/sha256-text.js'
import { decodeVerdict } from '../field/verdict.js'
import type { FieldSpec } from './edge-fields.js'

/** One digit, or the placeholder `undefined`. */
const MAX_BIT_BYTES = 9
const MAX_WORD_BYTES = 5
const MAX_VERDICT_BYTES = 128
const MAX_NAME_BYTES = 32_768
const MAX_TIME_BYTES = 32

/** Fields that several edges send, by what they assert and how. */
export const ASSERTED = {
  sha256: { maxBytes: MAX_SHA256_TEXT_BYTES, decode: (text) => ({ thumbprint: decodeSha256Text(text) }) },
  verdict: { maxBytes: MAX_VERDICT_BYTES, decode: decodeVerdict },
  presentedBit: { maxBytes: MAX_BIT_BYTES, decode: (text) => ({ presented: decodeBit(text) }) },
  presentedWord: { maxBytes: MAX_WORD_BYTES, decode: (text) => ({ presented: decodeBoolean(text) }) },
  verifiedWord: { maxBytes: MAX_WORD_BYTES, decode: (text) => ({ verified: decodeBoolean(text) }) },
  revokedBit: { maxBytes: MAX_BIT_BYTES, decode: (text) => ({ revoked: decodeBit(text) }) },
  subject: { maxBytes: MAX_NAME_BYTES, decode: (text) => ({ subject: text }) },
  issuer: { maxBytes: MAX_NAME_BYTES, decode: (text) => ({ issuer: text }) },
  serialNumber: {
    maxBytes: MAX_SERIAL_NUMBER_BYTES,
    decode: (text) => ({ serialNumber: decodeHexSerialNumber(text) }),
  },
  notBefore: { maxBytes: MAX_TIME_BYTES, decode: (text) => ({ notBefore: decodeOpenSslTime(text) }) },
  notAfter: { maxBytes: MAX_TIME_BYTES, decode: (text) => ({ notAfter: decodeOpenSslTime(text) }) },
} as const satisfies Readonly<Record<string, FieldSpec>>

/** The size of most certificate fields: 10 KiB of DER in base64, and some more. */
export const MAX_CERTIFICATE_BYTES = 16_384
/** The size of a field with several certificates. */
export const MAX_CHAIN_BYTES = 32_768
