import { DerReader, type DerElement } from '../../lib/certificate/der.js'

type Bytes = Uint8Array | readonly number[]

const lengthOf = (length: number): number[] => {
  if (length < 0x80) return [length]
  const octets = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return [0x80 | octets.length, ...octets]
}

/** A value in DER: tag, length of at most 64 KiB, contents. Written apart from lib, so that both can err. */
export const tlv = (tag: number, ...contents: readonly Bytes[]): Buffer => {
  const content = Buffer.concat(contents.map((part) => Uint8Array.from(part)))
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

/** The first element of these bytes, as the lib reads it. */
export const element = (der: Uint8Array): DerElement => new DerReader(der).next()

export const COMMON_NAME = hex('0603550403')
export const ORGANIZATION = hex('060355040a')

/** An AttributeTypeAndValue. */
export const attribute = (type: Uint8Array, value: Uint8Array): Buffer => tlv(0x30, type, value)

/** A Name of these RDNs, each a list of attributes. */
export const nameOf = (...rdns: readonly (readonly Uint8Array[])[]): Buffer =>
  tlv(0x30, ...rdns.map((attributes) => tlv(0x31, ...attributes)))

export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text))
