import { decodeBase64 } from './base64.js'
import { assertChainLength } from './chain-length.js'

/** Decodes the first base64 text of a list separated by commas, whatever follows. */
export const decodeFirstBase64 = (text: string): Buffer => {
  const comma = text.indexOf(',')
  return decodeBase64(comma === -1 ? text : text.slice(0, comma))
}

/**
 * Decodes the base64 texts after the first one. Throws `ERR_MTLS_FIELD_INVALID`, and
 * `ERR_MTLS_FIELD_TOO_LARGE` for more than ten.
 */
export const decodeFurtherBase64 = (text: string): readonly Buffer[] => {
  const [, ...further] = text.split(',')
  assertChainLength(further.length)
  return further.map(decodeBase64)
}
