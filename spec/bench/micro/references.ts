import { X509Certificate as OpenSslCertificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { sha256 } from './certificates.js'
import { CERTIFICATE_FIELD, SHA256_FIELD } from './traffic.js'
import type { Subject } from './subject.js'

type Prepare = () => unknown

const textOf = (req: IncomingMessage, field: string): string => String(req.headers[field])

const assertAllTrue = (results: readonly unknown[]): void => {
  if (!results.every((result) => result === true)) throw new Error('A hash does not agree.')
}

/** *floor*: `Buffer.from(base64)`, one-shot SHA-256, a comparison of strings. */
export const floor = (prepare: Prepare): Subject => ({
  runs: 60,
  prepare,
  run: (req: IncomingMessage) =>
    sha256(Buffer.from(textOf(req, CERTIFICATE_FIELD), 'base64')) === textOf(req, SHA256_FIELD),
  verify: assertAllTrue,
})

/** *floor* and `new crypto.X509Certificate`. */
export const floorAndOpenSsl = (prepare: Prepare): Subject => ({
  runs: 20,
  prepare,
  run(req: IncomingMessage) {
    const der = Buffer.from(textOf(req, CERTIFICATE_FIELD), 'base64')
    const isRight = sha256(der) === textOf(req, SHA256_FIELD)
    return new OpenSslCertificate(der).ca ? undefined : isRight
  },
  verify: assertAllTrue,
})

/** *parse per request*: what a middleware that remembers nothing does. */
export const parsePerRequest = (prepare: Prepare): Subject => ({
  runs: 3,
  prepare,
  run: (req: IncomingMessage) =>
    new OpenSslCertificate(Buffer.from(textOf(req, CERTIFICATE_FIELD), 'base64')).toLegacyObject(),
})
