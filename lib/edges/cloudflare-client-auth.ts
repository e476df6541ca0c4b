import type { IncomingMessage } from 'node:http'
import { decodeBoolean } from '../field/boolean.js'
import { decodeOpenSslTime } from '../field/openssl-time.js'
import { decodeSerialNumber } from '../field/serial-number.js'
import { MAX_SHA256_TEXT_BYTES } from '../field/sha256-text.js'
import { checkSingleton, decodeSingleton } from '../field/singleton.js'
import type { CloudflareTexts } from './cloudflare-texts.js'
import type { EdgeAssertions } from './edge.js'

const MAX_BOOLEAN_BYTES = 5
/** A name of a certificate of 10 KiB, the largest that Cloudflare forwards, with most bytes escaped. */
const MAX_NAME_BYTES = 32_768

type Decode<T> = (text: string) => T

const createFields = (decodeSha256: Decode<string>) => {
  const flag = (name: string) => ({ name, maxBytes: MAX_BOOLEAN_BYTES, decode: decodeBoolean })
  return {
    presented: flag('cf-cert-presented'),
    verified: flag('cf-cert-verified'),
    revoked: flag('cf-cert-revoked'),
    sha256: { name: 'cf-cert-sha256', maxBytes: MAX_SHA256_TEXT_BYTES, decode: decodeSha256 },
    serialNumber: { name: 'cf-cert-serial', maxBytes: 64, decode: decodeSerialNumber },
    subject: { name: 'cf-cert-subject-dn-rfc2253', maxBytes: MAX_NAME_BYTES },
    issuer: { name: 'cf-cert-issuer-dn-rfc2253', maxBytes: MAX_NAME_BYTES },
    notBefore: { name: 'cf-cert-not-before', maxBytes: 32, decode: decodeOpenSslTime },
    notAfter: { name: 'cf-cert-not-after', maxBytes: 32, decode: decodeOpenSslTime },
  }
}

/** Every field of the transform, with those that say the same again in other spellings. */
export const CLIENT_AUTH_FIELDS: readonly string[] = [
  ...Object.values(createFields(String)).map(({ name }) => name),
  'cf-cert-sha1',
  'cf-cert-issuer-serial',
  'cf-cert-ski',
  'cf-cert-issuer-ski',
  'cf-cert-subject-dn',
  'cf-cert-subject-dn-legacy',
  'cf-cert-issuer-dn',
  'cf-cert-issuer-dn-legacy',
]

type Assertions = { -readonly [K in keyof EdgeAssertions]: EdgeAssertions[K] }

/**
 * Reads what the Managed Transform "Add TLS client auth headers" asserts on every request; what was not said is
 * absent. Throws `ERR_MTLS_FIELD_INVALID` for what it does not understand.
 * https://developers.cloudflare.com/rules/transform/managed-transforms/reference/#add-tls-client-auth-headers
 */
export class ClientAuthReader {
  readonly #fields: ReturnType<typeof createFields>

  constructor(decodeSha256: Decode<string>) {
    this.#fields = createFields(decodeSha256)
  }

  /** `Cf-Cert-Sha256` alone: it is compared with the certificate also where the transform is not declared. */
  readSha256(req: IncomingMessage, text: unknown): string | undefined {
    return decodeSingleton(req, this.#fields.sha256, text)
  }

  read(req: IncomingMessage, texts: CloudflareTexts): EdgeAssertions {
    const fields = this.#fields
    const presented = decodeSingleton(req, fields.presented, texts.presented)
    const verified = decodeSingleton(req, fields.verified, texts.verified)
    const revoked = decodeSingleton(req, fields.revoked, texts.revoked)
    const thumbprint = this.readSha256(req, texts.assertedSha256)
    const assertions: Assertions = {}
    if (presented !== undefined) assertions.presented = presented
    if (verified !== undefined) assertions.verified = verified
    if (revoked !== undefined) assertions.revoked = revoked
    if (thumbprint !== undefined) assertions.thumbprint = thumbprint
    this.#readDetails(req, texts, assertions)
    return assertions
  }

  #readDetails(req: IncomingMessage, texts: CloudflareTexts, assertions: Assertions): void {
    const fields = this.#fields
    const serialNumber = decodeSingleton(req, fields.serialNumber, texts.serialNumber)
    const subject = checkSingleton(req, fields.subject, texts.subject)
    const issuer = checkSingleton(req, fields.issuer, texts.issuer)
    if (serialNumber !== undefined) assertions.serialNumber = serialNumber
    if (subject !== undefined) assertions.subject = subject
    if (issuer !== undefined) assertions.issuer = issuer
    setTime(assertions, 'notBefore', decodeSingleton(req, fields.notBefore, texts.notBefore))
    setTime(assertions, 'notAfter', decodeSingleton(req, fields.notAfter, texts.notAfter))
  }
}

/** A new `Date` on every read, for whoever gets one may change it. */
const setTime = (assertions: Assertions, name: 'notBefore' | 'notAfter', time: Date | undefined): void => {
  if (time === undefined) return
  Object.defineProperty(assertions, name, { enumerable: true, get: () => new Date(time) })
}
