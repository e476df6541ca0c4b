import { isIPv4, isIPv6 } from 'node:net'
import { encodeValue, objectIdentifier } from './der-writer.js'
import { encodeName, type NameRequest } from './distinguished-name.js'

/** A GeneralName of RFC 5280 section 4.2.1.6. The value of an `otherName` becomes a UTF8String. */
export type GeneralNameRequest =
  | { readonly type: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly type: 'iPAddress' | 'registeredID'; readonly value: string }
  | { readonly type: 'otherName'; readonly typeId: string; readonly value: string }
  | { readonly type: 'directoryName'; readonly value: NameRequest }

const groups = (half: string): string[] =>
  half === '' ? [] : half.split(':').map((group) => group.padStart(4, '0'))

const encodeIpAddress = (address: string): Buffer => {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (!isIPv6(address)) throw new TypeError(`"${address}" must be an IPv4 or IPv6 address.`)
  // The URL parser writes every IPv6 address in one form, also those that end in an IPv4 address.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const halves = canonical.split('::').map((half) => groups(half).join(''))
  const zeros = '0'.repeat(32 - halves.join('').length)
  return Buffer.from(halves.join(zeros), 'hex')
}

const encodeOtherName = (typeId: string, value: string): Buffer => {
  const text = encodeValue(0x0c, Buffer.from(value))
  return encodeValue(0xa0, objectIdentifier(typeId), encodeValue(0xa0, text))
}

/** A GeneralName in DER; text is written as it is, whether or not IA5String could hold it. */
export function encodeGeneralName(name: GeneralNameRequest): Buffer {
  switch (name.type) {
    case 'otherName':
      return encodeOtherName(name.typeId, name.value)
    case 'rfc822Name':
      return encodeValue(0x81, Buffer.from(name.value))
    case 'dNSName':
      return encodeValue(0x82, Buffer.from(name.value))
    case 'directoryName':
      return encodeValue(0xa4, encodeName(name.value))
    case 'uniformResourceIdentifier':
      return encodeValue(0x86, Buffer.from(name.value))
    case 'iPAddress':
      return encodeValue(0x87, encodeIpAddress(name.value))
    case 'registeredID':
      return encodeValue(0x88, objectIdentifier(name.value).subarray(2))
  }
}
