import { isUtf8 } from 'node:buffer'
import { MtlsIdentityError } from '../errors.js'
import type { DerElement } from './der.js'

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/**
 * Latin-1, which gives every byte a character of its own. PrintableString, IA5String and the like should be
 * ASCII, but certificates in use are not always; read so, different bytes still never read alike.
 */
export const decodeLatin1 = (bytes: Uint8Array): string => asBuffer(bytes).toString('latin1')

const decodeUtf8 = (bytes: Uint8Array): string =>
  isUtf8(bytes) ? asBuffer(bytes).toString('utf8') : invalid()

const decodeBmp = (bytes: Uint8Array): string => {
  if (bytes.length % 2 !== 0) invalid()
  const text = Buffer.from(bytes).swap16().toString('utf16le')
  return hasLoneSurrogate(text) ? invalid() : text
}

const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text)

const decodeUniversal = (bytes: Uint8Array): string => {
  if (bytes.length % 4 !== 0) invalid()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let text = ''
  for (let i = 0; i < bytes.length; i += 4) {
    const codePoint = view.getUint32(i)
    // Two halves of a surrogate pair are not a character here, though they would read like one.
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) invalid()
    text += String.fromCodePoint(codePoint)
  }
  return text
}

/** Universal tags of the string types (X.680 section 8.4). */
const DECODERS = new Map<number, (bytes: Uint8Array) => string>([
  [0x0c, decodeUtf8],
  [0x12, decodeLatin1], // NumericString
  [0x13, decodeLatin1], // PrintableString
  [0x14, decodeLatin1], // TeletexString
  [0x16, decodeLatin1], // IA5String
  [0x1a, decodeLatin1], // VisibleString
  [0x1c, decodeUniversal],
  [0x1e, decodeBmp],
])

/**
 * Decodes a value of one of ASN.1's string types; `undefined` for a value of any other type. Bytes that
 * the type does not allow are `ERR_MTLS_CERTIFICATE_INVALID`, never replaced: two different names must
 * not read alike.
 */
export const decodeString = (value: DerElement): string | undefined =>
  DECODERS.get(value.tag)?.(value.content)
