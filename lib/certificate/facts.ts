import { MtlsIdentityError } from '../errors.js'
import { DerReader, TAG } from './der.js'
import { createDistinguishedName, type DistinguishedName } from './distinguished-name.js'
import { readGeneralName, type GeneralName } from './general-name.js'
import { readName } from './read-name.js'
import { spiffeIdOf } from './spiffe-id.js'
import { readTbsCertificate, type TbsCertificate } from './tbs-certificate.js'
import { sha256 } from './thumbprint.js'

/** What is read from the bytes of one certificate, all at once: either everything reads, or nothing. */
export interface CertificateFacts {
  readonly serialNumber: string
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  readonly subjectAltName: readonly GeneralName[]
  readonly spiffeId: string | undefined
  readonly spkiSha256: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Milliseconds since 1970. */
  readonly notAfter: number
}

const SUBJECT_ALT_NAME = '2.5.29.17'
const NO_NAMES: readonly GeneralName[] = Object.freeze([])

/** Reads the facts of a certificate. Throws `ERR_MTLS_CERTIFICATE_INVALID`. */
export const readFacts = (der: Uint8Array): CertificateFacts => {
  const tbs = readTbsCertificate(der)
  const subjectAltName = readSubjectAltName(tbs)
  return {
    serialNumber: formatSerialNumber(tbs.serialNumber.content),
    subject: createDistinguishedName(readName(tbs.subject)),
    issuer: createDistinguishedName(readName(tbs.issuer)),
    subjectAltName,
    spiffeId: spiffeIdOf(subjectAltName),
    spkiSha256: sha256(tbs.subjectPublicKeyInfo.raw, 'base64'),
    notBefore: tbs.notBefore,
    notAfter: tbs.notAfter,
  }
}

const readSubjectAltName = ({ extensions }: TbsCertificate): readonly GeneralName[] => {
  const value = extensions.get(SUBJECT_ALT_NAME)
  if (value === undefined) return NO_NAMES
  const reader = new DerReader(value)
  const names = reader.read(TAG.sequence)
  reader.assertDone()
  return Object.freeze([...names.children].map(readGeneralName))
}

/** Upper-case hexadecimal of the INTEGER's value, two digits a byte and one for zero, as OpenSSL prints it. */
const formatSerialNumber = (integer: Uint8Array): string => {
  if (integer.length === 0) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  const hex = Buffer.from(integer).toString('hex')
  const value = BigInt.asIntN(integer.length * 8, BigInt(`0x${hex}`))
  if (value === 0n) return '0'
  const digits = (value < 0n ? -value : value).toString(16).toUpperCase()
  return (value < 0n ? '-' : '') + (digits.length % 2 === 0 ? digits : `0${digits}`)
}
