import { MtlsIdentityError } from '../errors.js'
import { assertChainLength } from './chain-length.js'
import { decodePem } from './pem.js'

/**
 * Decodes one certificate in URL-encoded PEM: RFC 3986 section 2.1 over RFC 7468, where `+`, `/` and `=`
 * may stand for themselves, and `+` is never a space. Throws `ERR_MTLS_FIELD_INVALID`, also for a second
 * certificate.
 */
export const decodeUrlPem = (text: string): Buffer => {
  const { certificate, rest } = decodePem(decodePercent(text))
  return rest === '' ? certificate : invalid()
}

/** Decodes the first certificate of a chain in URL-encoded PEM, whatever is on the lines behind it. */
export const decodeFirstUrlPem = (text: string): Buffer => decodePem(decodePercent(text)).certificate

/**
 * Decodes the certificates after the first one. Throws `ERR_MTLS_FIELD_INVALID`, and
 * `ERR_MTLS_FIELD_TOO_LARGE` for more than ten.
 */
export const decodeFurtherUrlPem = (text: string): readonly Buffer[] => {
  const further: Buffer[] = []
  for (let { rest } = decodePem(decodePercent(text)); rest !== '';) {
    const next = decodePem(rest)
    assertChainLength(further.push(next.certificate))
    rest = next.rest
  }
  return further
}

const decodePercent = (text: string): string => {
  // What is encoded has no space of its own.
  if (text.includes(' ')) return invalid()
  try {
    return decodeURIComponent(text)
  } catch {
    return invalid()
  }
}

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
}
