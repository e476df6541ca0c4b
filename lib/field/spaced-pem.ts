import { MtlsIdentityError } from '../errors.js'
import { decodeBase64 } from './base64.js'

const BEGIN = '-----BEGIN CERTIFICATE----- '
const END = ' -----END CERTIFICATE-----'

/**
 * Decodes one certificate in PEM (RFC 7468 section 3) whose line breaks have become spaces, as Apache writes
 * it into a field. The base64 is taken one-to-one; its lines may be of any length, none of them empty. Throws
 * `ERR_MTLS_FIELD_INVALID`, also for a second certificate.
 */
export const decodeSpacedPem = (text: string): Buffer => {
  if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.includes('  ')) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return decodeBase64(text.slice(BEGIN.length, -END.length).replaceAll(' ', ''))
}
