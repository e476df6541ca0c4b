import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'

/** Node keeps a thousand fields and drops those that follow, among which may be the edge's. */
const MAX_FIELDS = 1_000

/**
 * The value of a field that may be sent once; `name` is in lower case. Without the field, or with an empty
 * value (as proxies set it for a client without a certificate), `undefined`.
 * Throws `ERR_MTLS_FIELD_DUPLICATED` for a repetition and `ERR_MTLS_FIELD_TOO_LARGE` over `maxBytes`
 * (Node gives field values as Latin-1, so a character is a byte) or for more fields than Node reads.
 */
export const readSingleton = (req: IncomingMessage, name: string, maxBytes: number): string | undefined => {
  if (req.rawHeaders.length >= 2 * MAX_FIELDS) throw new MtlsIdentityError('ERR_MTLS_FIELD_TOO_LARGE')
  const value: unknown = req.headers[name]
  if (typeof value !== 'string' || value === '') return undefined
  if (value.length > maxBytes) {
    assertNotRepeated(req, name)
    throw new MtlsIdentityError('ERR_MTLS_FIELD_TOO_LARGE')
  }
  // Node joins repetitions with a comma, so without one there is nothing to count.
  if (value.includes(',')) assertNotRepeated(req, name)
  return value
}

const assertNotRepeated = ({ rawHeaders }: IncomingMessage, name: string): void => {
  const lines = rawHeaders.filter((line, index) => index % 2 === 0 && line.toLowerCase() === name)
  if (lines.length > 1) throw new MtlsIdentityError('ERR_MTLS_FIELD_DUPLICATED')
}
