import { TAG, type DerElement } from './der.js'
import { decodeString } from './directory-string.js'
import type { DistinguishedName, NameAttribute } from './distinguished-name.js'
import { decodeOid } from './oid.js'

/** Reads a `Name` of RFC 5280 section 4.1.2.4. */
export const readName = (name: DerElement): DistinguishedName['rdns'] =>
  Object.freeze([...name.children].map(readRdn))

const readRdn = (rdn: DerElement): readonly NameAttribute[] => {
  rdn.assertTag(TAG.set)
  return Object.freeze([...rdn.children].map(readAttribute))
}

const readAttribute = (attribute: DerElement): NameAttribute => {
  attribute.assertTag(TAG.sequence)
  const parts = attribute.children
  const type = decodeOid(parts.read(TAG.oid).content)
  const value = parts.next()
  parts.assertDone()
  return Object.freeze(describeValue(type, value))
}

const describeValue = (type: string, value: DerElement): NameAttribute => {
  const text = decodeString(value)
  const hex = `#${toHex(value.raw)}`
  return { type, value: text ?? hex, text, hex }
}

const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
