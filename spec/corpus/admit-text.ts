import { assertOneSequence } from '../../lib/certificate/der.js'
import type { CertificateIdentity } from '../../lib/certificate/identity.js'
import { thumbprintOf } from '../../lib/certificate/thumbprint.js'
import { CertificateCache } from '../../lib/continuity/certificate-cache.js'
import { MtlsIdentityError } from '../../lib/errors.js'
import { decodeBase64 } from '../../lib/field/base64.js'

/** The way of a certificate through the middleware, from the text of its field to its identity. */
export const admitText = (text: string, cache = new CertificateCache(1)): CertificateIdentity => {
  const der = decodeBase64(text)
  assertOneSequence(der)
  const thumbprint = thumbprintOf(der)
  cache.admit(thumbprint, der)
  const identity = cache.get(thumbprint)
  if (identity === undefined) throw new Error('An admitted certificate must be in the cache.')
  return identity
}

/** The identity, or the code of the refusal. Any other error is a bug, and is thrown. */
export const tryText = (text: string, cache?: CertificateCache): CertificateIdentity | string => {
  try {
    return admitText(text, cache)
  } catch (error) {
    if (error instanceof MtlsIdentityError) return error.code
    throw error
  }
}
