import { X509Certificate as OpenSslCertificate } from 'node:crypto'
import { MtlsIdentityError } from '../errors.js'
import { readFacts } from './facts.js'
import { isPlainCertificate } from './plain/certificate.js'
import { readValidityPeriod } from './tbs-certificate.js'
import { parseX509, type X509Certificate } from './x509.js'

/** The least that is known of a certificate; everything else can be read from it again. */
export interface AdmittedCertificate {
  readonly der: Uint8Array
  /** The intermediate certificates that came with it, DER. */
  readonly chain: readonly Uint8Array[]
  readonly thumbprint: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Milliseconds since 1970. */
  readonly notAfter: number
  /** The parsed certificate where checking it took parsing. */
  readonly certificate: X509Certificate | undefined
}

/** More than any chain in use has. */
const MAX_CHAIN = 10
const NO_CHAIN: readonly Uint8Array[] = Object.freeze([])

/**
 * Admits a certificate that was not known before: strict DER in which every fact reads, that OpenSSL takes
 * and gives back byte by byte, and of which no member throws later. A plain certificate is recognised by its
 * form; of any other, everything is read to find out. Keeps a copy of the bytes, for `der` may be a view of
 * a pool. Intermediates must be such certificates too, and say nothing about the first. Throws
 * `ERR_MTLS_CERTIFICATE_INVALID`. Does not check who signed it.
 */
export const admitCertificate = (
  der: Uint8Array,
  thumbprint: string,
  chain: readonly Uint8Array[] = NO_CHAIN,
): AdmittedCertificate => {
  if (chain.length > MAX_CHAIN) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  const intermediates = chain.length === 0 ? NO_CHAIN : chain.map((one) => admitOne(one, '', NO_CHAIN).der)
  return admitOne(der, thumbprint, intermediates)
}

const admitOne = (der: Uint8Array, thumbprint: string, chain: readonly Uint8Array[]): AdmittedCertificate => {
  const isPlain = isPlainCertificate(der)
  const { notBefore, notAfter } = isPlain ? readValidityPeriod(der) : readFacts(der)
  const bytes = readBack(der)
  const certificate = isPlain ? undefined : parseX509(der)
  return { der: bytes, chain, thumbprint, notBefore, notAfter, certificate }
}

/** The bytes that OpenSSL has read, which must be the same: a copy. */
const readBack = (der: Uint8Array): Uint8Array => {
  const raw = readWithOpenSsl(der)
  if (!raw?.equals(der)) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  return raw
}

const readWithOpenSsl = (der: Uint8Array): Buffer | undefined => {
  try {
    return new OpenSslCertificate(der).raw
  } catch {
    return undefined
  }
}
