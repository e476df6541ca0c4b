import { SocketAddress } from 'node:net'
import { MtlsIdentityError } from '../errors.js'
import { TAG, type DerElement } from './der.js'
import { decodeLatin1, decodeString } from './directory-string.js'
import { createDistinguishedName } from './distinguished-name.js'
import { escapeAttributeValue } from './escape.js'
import { decodeOid } from './oid.js'
import { readName } from './read-name.js'

/** The choices of `GeneralName` (RFC 5280 section 4.2.1.6) in the order of their tags. */
const TYPES = [
  'otherName',
  'rfc822Name',
  'dNSName',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'uniformResourceIdentifier',
  'iPAddress',
  'registeredID',
] as const

export type GeneralNameType = (typeof TYPES)[number]

/**
 * One subject alternative name. Compare type *and* value. The value is the text of an `rfc822Name`,
 * `dNSName` or `uniformResourceIdentifier`; the canonical text of an `iPAddress` (RFC 5952 for IPv6);
 * the RFC 4514 string of a `directoryName`; the dotted OID of a `registeredID`; `OID=text` of an
 * `otherName`, escaped as RFC 4514 does (`OID=#hex` where it is not a string); and `#hex` of the DER of the
 * other two.
 */
export interface GeneralName {
  readonly type: GeneralNameType
  readonly value: string
}

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

/** Reads a `GeneralName`; what its type does not allow is `ERR_MTLS_CERTIFICATE_INVALID`. */
export const readGeneralName = (name: DerElement): GeneralName => {
  const type = TYPES[name.tag & 0x1f] ?? invalid()
  const expected = CONSTRUCTED.has(type) ? 0xa0 : 0x80
  if ((name.tag & 0xe0) !== expected) invalid()
  return Object.freeze({ type, value: VALUES[type](name) })
}

const CONSTRUCTED = new Set<GeneralNameType>(['otherName', 'x400Address', 'directoryName', 'ediPartyName'])

const readIa5 = (name: DerElement): string => decodeLatin1(name.content)

const readHex = (name: DerElement): string => `#${Buffer.from(name.raw).toString('hex')}`

const readOtherName = (name: DerElement): string => {
  const parts = name.children
  const typeId = decodeOid(parts.read(TAG.oid).content)
  const wrapped = parts.read(TAG.explicit(0)).children
  const value = wrapped.next()
  wrapped.assertDone()
  parts.assertDone()
  const text = decodeString(value)
  return `${typeId}=${text === undefined ? readHex(value) : escapeAttributeValue(text)}`
}

const readDirectoryName = (name: DerElement): string => {
  const parts = name.children
  const directoryName = parts.read(TAG.sequence)
  parts.assertDone()
  return createDistinguishedName(readName(directoryName)).toString()
}

const readIpAddress = ({ content }: DerElement): string => {
  if (content.length === 4) return content.join('.')
  if (content.length !== 16) return invalid()
  const groups = Buffer.from(content)
    .toString('hex')
    .replaceAll(/.{4}(?!$)/g, '$&:')
  return new SocketAddress({ address: groups, family: 'ipv6' }).address
}

const VALUES: Readonly<Record<GeneralNameType, (name: DerElement) => string>> = {
  otherName: readOtherName,
  rfc822Name: readIa5,
  dNSName: readIa5,
  x400Address: readHex,
  directoryName: readDirectoryName,
  ediPartyName: readHex,
  uniformResourceIdentifier: readIa5,
  iPAddress: readIpAddress,
  registeredID: (name) => decodeOid(name.content),
}
