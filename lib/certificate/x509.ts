// @peculiar/x509 needs the polyfill to be there before its own module runs.
import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'
import { MtlsIdentityError } from '../errors.js'

export { X509Certificate }

/**
 * Parses DER with @peculiar/x509. The package reads most members on first access, and some of them throw
 * then, `extensions` only once and wrongly ever after; so every member is read here. What would throw
 * later is `ERR_MTLS_CERTIFICATE_INVALID` now.
 */
export const parseX509 = (der: Uint8Array): X509Certificate => {
  try {
    // A copy: the object keeps the bytes, and whoever holds it may write to them.
    const certificate = new X509Certificate(Uint8Array.from(der))
    readEveryMember(certificate)
    return certificate
  } catch {
    throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  }
}

const MEMBERS = [
  'extensions',
  'publicKey',
  'signatureAlgorithm',
  'subject',
  'issuer',
  'serialNumber',
  'notBefore',
  'notAfter',
  'signature',
] as const satisfies readonly (keyof X509Certificate)[]

const readEveryMember = (certificate: X509Certificate): void => {
  for (const member of MEMBERS) Reflect.get(certificate, member)
}
