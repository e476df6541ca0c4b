import { generateKeyPairSync } from 'node:crypto'
import { ascii, attribute, COMMON_NAME, hex, nameOf, tlv, utf8 } from './der.js'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const SPKI = publicKey.export({ type: 'spki', format: 'der' })
const ECDSA_WITH_SHA256 = hex('300a06082a8648ce3d040302')
const SIGNATURE = tlv(0x03, hex('00 3006 020101 020101'))

/** The parts of a certificate, each in DER; what is not given is what a small valid one has. */
export interface CertificateParts {
  readonly version?: Uint8Array
  readonly serialNumber?: Uint8Array
  readonly issuer?: Uint8Array
  readonly validity?: Uint8Array
  readonly subject?: Uint8Array
  readonly publicKey?: Uint8Array
  readonly uniqueIds?: Uint8Array
  /** The `Extension`s; without them the field is left out. */
  readonly extensions?: readonly Uint8Array[]
  /** What stands at the end of the TBSCertificate. */
  readonly rest?: Uint8Array
}

export const utcTime = (text: string): Buffer => tlv(0x17, ascii(text))
export const generalizedTime = (text: string): Buffer => tlv(0x18, ascii(text))

const ALICE = nameOf([attribute(COMMON_NAME, utf8('alice'))])
const VALIDITY = tlv(0x30, utcTime('200101000000Z'), utcTime('491231235959Z'))
const NOTHING = new Uint8Array()

/** A certificate as no mint would make it: nobody has signed it. */
export const buildCertificate = (parts: CertificateParts = {}): Buffer => {
  const tbs = tlv(
    0x30,
    parts.version ?? hex('a003020102'),
    parts.serialNumber ?? hex('02017f'),
    ECDSA_WITH_SHA256,
    parts.issuer ?? ALICE,
    parts.validity ?? VALIDITY,
    parts.subject ?? ALICE,
    parts.publicKey ?? SPKI,
    parts.uniqueIds ?? NOTHING,
    parts.extensions === undefined ? NOTHING : tlv(0xa3, tlv(0x30, ...parts.extensions)),
    parts.rest ?? NOTHING,
  )
  return tlv(0x30, tbs, ECDSA_WITH_SHA256, SIGNATURE)
}

const SUBJECT_ALT_NAME = hex('0603551d11')

/** An `Extension`, not critical. */
export const extension = (oid: Uint8Array, value: Uint8Array): Buffer => tlv(0x30, oid, tlv(0x04, value))

/** A subjectAltName extension of these GeneralNames. */
export const subjectAltName = (...names: readonly Uint8Array[]): Buffer =>
  extension(SUBJECT_ALT_NAME, tlv(0x30, ...names))
