import { X509Certificate as OpenSslCertificate } from 'node:crypto'
import { MtlsIdentityError } from '../errors.js'
import { readFacts } from './facts.js'
import { parseX509, type X509Certificate } from './x509.js'

/** The least that is kept of a certificate; everything else can be read from it again. */
export interface CertificateRecord {
  readonly der: Uint8Array
  readonly thumbprint: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Milliseconds since 1970. */
  readonly notAfter: number
}

/** A record, and the parsed certificate that came of checking it. */
export interface AdmittedCertificate extends CertificateRecord {
  readonly certificate: X509Certificate
}

/**
 * Admits a certificate that was not known before: strict DER in which every fact reads, that OpenSSL takes
 * and gives back byte by byte, and of which no member throws later. Keeps a copy of the bytes, for `der`
 * may be a view of a pool. Throws `ERR_MTLS_CERTIFICATE_INVALID`. Does not check who signed it.
 */
export const admitCertificate = (der: Uint8Array, thumbprint: string): AdmittedCertificate => {
  const bytes = Uint8Array.from(der)
  const { notBefore, notAfter } = readFacts(bytes)
  assertOpenSslAgrees(bytes)
  return { der: bytes, thumbprint, notBefore, notAfter, certificate: parseX509(bytes) }
}

const assertOpenSslAgrees = (der: Uint8Array): void => {
  if (!readWithOpenSsl(der)?.equals(der)) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

const readWithOpenSsl = (der: Uint8Array): Buffer | undefined => {
  try {
    return new OpenSslCertificate(der).raw
  } catch {
    return undefined
  }
}
