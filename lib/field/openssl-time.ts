import { MtlsIdentityError } from '../errors.js'

const OPENSSL_TIME =
  /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} GMT$/

/** Decodes a time as OpenSSL prints it, `Mar 21 13:35:00 2022 GMT`. Throws `ERR_MTLS_FIELD_INVALID`. */
export const decodeOpenSslTime = (text: string): Date => {
  const time = new Date(OPENSSL_TIME.test(text) ? text : Number.NaN)
  if (Number.isNaN(time.getTime())) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return time
}
