import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { fieldsOf, linesOf } from '../request-properties.js'

/** Node keeps a thousand fields and drops those that follow, among which may be the edge's. */
const MAX_FIELDS = 1_000

/** A field that may be sent once. */
export interface SingletonField {
  /** In lower case. */
  readonly name: string
  /** Node gives field values as Latin-1, so a character is a byte. */
  readonly maxBytes: number
}

/**
 * The value of a field that may be sent once; `name` is in lower case. Without the field, or with an empty
 * value (as proxies set it for a client without a certificate), `undefined`.
 * Throws `ERR_MTLS_FIELD_DUPLICATED` for a repetition and `ERR_MTLS_FIELD_TOO_LARGE` over `maxBytes`
 * or for more fields than Node reads.
 */
export const readSingleton = (req: IncomingMessage, name: string, maxBytes: number): string | undefined =>
  checkSingleton(req, { name, maxBytes }, headersOf(req)[name])

/** The fields of a request. Throws `ERR_MTLS_FIELD_TOO_LARGE` where there are more than Node reads. */
export const headersOf = (req: IncomingMessage): IncomingHttpHeaders => {
  if (linesOf(req).length >= 2 * MAX_FIELDS) throw new MtlsIdentityError('ERR_MTLS_FIELD_TOO_LARGE')
  return fieldsOf(req)
}

/**
 * The same of a value that was taken from `headersOf(req)`. On a request of Express every property that is
 * asked for is looked up anew, which costs more than anything that is done with it here: so ask once.
 */
export const checkSingleton = (
  req: IncomingMessage,
  field: SingletonField,
  value: unknown,
): string | undefined => {
  if (typeof value !== 'string' || value === '') return undefined
  assertFits(req, field, value)
  // Node joins repetitions with a comma, so without one there is nothing to count.
  if (value.includes(',')) assertNotRepeated(req, field.name)
  return value
}

/**
 * The same, decoded by a grammar without a comma: it refuses a repetition by itself, which need only be
 * counted to give the refusal its name.
 */
export const decodeSingleton = <T>(
  req: IncomingMessage,
  field: SingletonField & { readonly decode: (text: string) => T },
  value: unknown,
): T | undefined => {
  if (typeof value !== 'string' || value === '') return undefined
  assertFits(req, field, value)
  try {
    return field.decode(value)
  } catch (error) {
    assertNotRepeated(req, field.name)
    throw error
  }
}

const assertFits = (req: IncomingMessage, { name, maxBytes }: SingletonField, value: string): void => {
  if (value.length <= maxBytes) return
  assertNotRepeated(req, name)
  throw new MtlsIdentityError('ERR_MTLS_FIELD_TOO_LARGE')
}

const assertNotRepeated = ({ rawHeaders }: IncomingMessage, name: string): void => {
  const lines = rawHeaders.filter((line, index) => index % 2 === 0 && line.toLowerCase() === name)
  if (lines.length > 1) throw new MtlsIdentityError('ERR_MTLS_FIELD_DUPLICATED')
}
