import { X509Certificate as OpenSslCertificate } from 'node:crypto'
import { MtlsIdentityError } from '../errors.js'
import { readFacts } from './facts.js'
import { parseX509, type X509Certificate } from './x509.js'

/** The least that is kept of a certificate; everything else can be read from it again. */
export interface CertificateRecord {
  readonly der: Uint8Array
  /** The intermediate certificates that came with it, DER. */
  readonly chain: readonly Uint8Array[]
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

/** More than any chain in use has. */
const MAX_CHAIN = 10

/**
 * Admits a certificate that was not known before: strict DER in which every fact reads, that OpenSSL takes
 * and gives back byte by byte, and of which no member throws later. Keeps a copy of the bytes, for `der`
 * may be a view of a pool. Intermediates must be such certificates too, and say nothing about the first.
 * Throws `ERR_MTLS_CERTIFICATE_INVALID`. Does not check who signed it.
 */
export const admitCertificate = (
  der: Uint8Array,
  thumbprint: string,
  chain: readonly Uint8Array[] = [],
): AdmittedCertificate => {
  if (chain.length > MAX_CHAIN) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  const leaf = admitOne(der)
  return { ...leaf, thumbprint, chain: chain.map((intermediate) => admitOne(intermediate).der) }
}

const admitOne = (der: Uint8Array): Omit<AdmittedCertificate, 'thumbprint' | 'chain'> => {
  const bytes = Uint8Array.from(der)
  const { notBefore, notAfter } = readFacts(bytes)
  assertOpenSslAgrees(bytes)
  return { der: bytes, notBefore, notAfter, certificate: parseX509(bytes) }
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
