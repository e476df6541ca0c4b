import { MtlsIdentityError } from '../errors.js'
import { decodeRfc3339Time } from './rfc3339-time.js'

const VALIDITY = /^NotBefore=([^;]*);NotAfter=([^;]*)$/

/** The longest text, with offsets in place of `Z`. */
export const MAX_VALIDITY_BYTES = 72

/**
 * Decodes `NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z`, as AWS writes a validity period.
 * Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodeValidity = (text: string): { readonly notBefore: Date; readonly notAfter: Date } => {
  const [, notBefore, notAfter] = VALIDITY.exec(text) ?? []
  if (notBefore === undefined || notAfter === undefined) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return { notBefore: decodeRfc3339Time(notBefore), notAfter: decodeRfc3339Time(notAfter) }
}
