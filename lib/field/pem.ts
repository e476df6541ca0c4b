import { MtlsIdentityError } from '../errors.js'
import { decodeBase64 } from './base64.js'

const BEGIN = '-----BEGIN CERTIFICATE-----\n'
const END = '\n-----END CERTIFICATE-----'

/** The first certificate of a PEM text, and the text behind it. */
export interface PemCertificate {
  readonly certificate: Buffer
  readonly rest: string
}

/**
 * Decodes the certificate at the beginning of a text, in the strict form of RFC 7468 section 3: nothing
 * before it, and behind it the end of the text or of the line. The base64 is taken one-to-one; its lines may
 * be of any length, for edges differ. Throws `ERR_MTLS_FIELD_INVALID`.
 */
export const decodePem = (pem: string): PemCertificate => {
  const end = pem.indexOf(END, BEGIN.length)
  const next = end + END.length
  const isDelimited = pem.startsWith(BEGIN) && end !== -1 && (next === pem.length || pem[next] === '\n')
  if (!isDelimited) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return {
    certificate: decodeBase64(pem.slice(BEGIN.length, end).replaceAll('\n', '')),
    rest: pem.slice(next + 1),
  }
}
