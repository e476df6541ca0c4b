import { MtlsIdentityError } from '../errors.js'
import { DerReader, TAG, type DerElement } from './der.js'
import { decodeOid } from './oid.js'
import { readTime } from './time.js'

type ValidityPeriod = Pick<TbsCertificate, 'notBefore' | 'notAfter'>

/** The parts of a `TBSCertificate` (RFC 5280 section 4.1) that an identity is read from. */
export interface TbsCertificate {
  readonly serialNumber: DerElement
  readonly issuer: DerElement
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Milliseconds since 1970. */
  readonly notAfter: number
  readonly subject: DerElement
  readonly subjectPublicKeyInfo: DerElement
  /** The values of the extensions by OID, without the OCTET STRING around them. */
  readonly extensions: ReadonlyMap<string, Uint8Array>
}

/** Reads the frame of a certificate, strictly DER. Throws `ERR_MTLS_CERTIFICATE_INVALID`. */
export const readTbsCertificate = (der: Uint8Array): TbsCertificate => {
  const certificate = new DerReader(der).read(TAG.sequence).children
  const tbs = certificate.read(TAG.sequence).children
  certificate.read(TAG.sequence)
  certificate.read(TAG.bitString)
  certificate.assertDone()

  tbs.readOptional(TAG.explicit(0))
  const serialNumber = tbs.read(TAG.integer)
  tbs.read(TAG.sequence)
  const issuer = tbs.read(TAG.sequence)
  const validity = readValidity(tbs.read(TAG.sequence))
  const subject = tbs.read(TAG.sequence)
  const subjectPublicKeyInfo = tbs.read(TAG.sequence)
  tbs.readOptional(TAG.implicit(1))
  tbs.readOptional(TAG.implicit(2))
  const extensions = readExtensions(tbs.readOptional(TAG.explicit(3)))
  tbs.assertDone()
  return { serialNumber, issuer, ...validity, subject, subjectPublicKeyInfo, extensions }
}

/** Reads when a certificate of version 3 is valid, and nothing else. Throws `ERR_MTLS_CERTIFICATE_INVALID`. */
export const readValidityPeriod = (der: Uint8Array): ValidityPeriod => {
  const tbs = new DerReader(der).read(TAG.sequence).children.read(TAG.sequence).children
  tbs.read(TAG.explicit(0))
  tbs.read(TAG.integer)
  tbs.read(TAG.sequence)
  tbs.read(TAG.sequence)
  return readValidity(tbs.read(TAG.sequence))
}

const readValidity = (validity: DerElement): ValidityPeriod => {
  const times = validity.children
  const notBefore = readTime(times.next())
  const notAfter = readTime(times.next())
  times.assertDone()
  return { notBefore, notAfter }
}

const readExtensions = (wrapped: DerElement | undefined): ReadonlyMap<string, Uint8Array> => {
  const extensions = new Map<string, Uint8Array>()
  if (wrapped === undefined) return extensions
  const parts = wrapped.children
  const list = parts.read(TAG.sequence)
  parts.assertDone()
  for (const element of list.children) {
    const { oid, value } = readExtension(element)
    // RFC 5280 section 4.2: no more than one of each, so that no two readers can pick different ones.
    if (extensions.has(oid)) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
    extensions.set(oid, value)
  }
  return extensions
}

const readExtension = (extension: DerElement): { oid: string; value: Uint8Array } => {
  extension.assertTag(TAG.sequence)
  const parts = extension.children
  const oid = decodeOid(parts.read(TAG.oid).content)
  parts.readOptional(TAG.boolean)
  const value = parts.read(TAG.octetString).content
  parts.assertDone()
  return { oid, value }
}
