import { createHash } from 'node:crypto'
import type { CertificateRequest, ExtensionRequest } from './certificate-request.js'
import { encodeValue, objectIdentifier, octetString, sequence, TRUE } from './der-writer.js'
import { isEmptyName } from './distinguished-name.js'
import { encodeGeneralName } from './general-name.js'

/** Whether the certificate is an end entity's or an authority's. */
export type Profile = 'end-entity' | 'authority'

/** The public keys, as SubjectPublicKeyInfo in DER, of the subject and of the issuer. */
export interface PublicKeys {
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
}

const KEY_PURPOSES = { clientAuth: '1.3.6.1.5.5.7.3.2', serverAuth: '1.3.6.1.5.5.7.3.1' } as const

/** Under the enterprise number that RFC 5612 sets aside for examples. */
const PADDING = '1.3.6.1.4.1.32473.1'

/** A key identifier of RFC 7093 section 2, method 4: a hash of the whole SubjectPublicKeyInfo. */
const keyIdentifier = (publicKey: Uint8Array): Buffer => createHash('sha256').update(publicKey).digest()

const digitalSignature = encodeValue(0x03, Buffer.of(7, 0b1000_0000))
const keyCertSignAndCrlSign = encodeValue(0x03, Buffer.of(1, 0b0000_0110))

const profileExtensions = (profile: Profile): ExtensionRequest[] => {
  const [constraints, usage] =
    profile === 'authority' ? [sequence(TRUE), keyCertSignAndCrlSign] : [sequence(), digitalSignature]
  return [
    { oid: '2.5.29.19', critical: true, value: constraints },
    { oid: '2.5.29.15', critical: true, value: usage },
  ]
}

const keyExtensions = (keys: PublicKeys): ExtensionRequest[] => [
  { oid: '2.5.29.14', value: octetString(keyIdentifier(keys.subject)) },
  { oid: '2.5.29.35', value: sequence(encodeValue(0x80, keyIdentifier(keys.issuer))) },
]

const requestedExtensions = (request: CertificateRequest, profile: Profile): ExtensionRequest[] => {
  const { subjectAltName = [], paddingBytes = 0 } = request
  const { extendedKeyUsage = profile === 'end-entity' ? ['clientAuth'] : [] } = request
  const purposes = extendedKeyUsage.map((purpose) => objectIdentifier(KEY_PURPOSES[purpose]))
  const names = sequence(...subjectAltName.map(encodeGeneralName))
  const optional: (false | ExtensionRequest)[] = [
    purposes.length > 0 && { oid: '2.5.29.37', value: sequence(...purposes) },
    subjectAltName.length > 0 && { oid: '2.5.29.17', critical: isEmptyName(request.subject), value: names },
    paddingBytes > 0 && { oid: PADDING, value: octetString(Buffer.alloc(paddingBytes)) },
  ]
  return optional.filter((extension) => extension !== false)
}

const encodeExtension = ({ oid, critical = false, value }: ExtensionRequest): Buffer =>
  sequence(objectIdentifier(oid), ...(critical ? [TRUE] : []), octetString(value))

/** The Extensions of RFC 5280 section 4.2: those of the profile, those requested, then the raw ones. */
export function encodeExtensions(request: CertificateRequest, profile: Profile, keys: PublicKeys): Buffer {
  const { extensions: raw = [] } = request
  const replaced = new Set(raw.map(({ oid }) => oid))
  const usual = [
    ...profileExtensions(profile),
    ...keyExtensions(keys),
    ...requestedExtensions(request, profile),
  ]
  const kept = usual.filter(({ oid }) => !replaced.has(oid))
  return sequence(...[...kept, ...raw].map(encodeExtension))
}
