import { ATTRIBUTE_TYPES, type AttributeName, resolveAttributeType } from './attribute-types.js'
import { encodeValue, objectIdentifier, sequence, setOf } from './der-writer.js'

/** One attribute: `type` by name or dotted, `value` as text or as a whole DER value of any type. */
export interface AttributeRequest {
  readonly type: AttributeName | (string & {})
  readonly value: string | Uint8Array
}

/** A name as attributes, one RDN for each value in the order written, or as RDNs, for multi-valued ones. */
export type NameRequest =
  | Readonly<Partial<Record<AttributeName, string | readonly string[]>>>
  | readonly (readonly AttributeRequest[])[]

interface StringType {
  readonly tag: number
  readonly alphabet: RegExp
}

const UTF8_STRING: StringType = { tag: 0x0c, alphabet: /^/ }
const PRINTABLE_STRING: StringType = { tag: 0x13, alphabet: /^[A-Za-z0-9 '()+,./:=?-]+$/ }
const IA5_STRING: StringType = { tag: 0x16, alphabet: /^\p{ASCII}*$/u }

/** Attributes that RFC 5280 appendix A does not give as a DirectoryString. */
const STRING_TYPES: ReadonlyMap<string, StringType> = new Map([
  [ATTRIBUTE_TYPES.country, PRINTABLE_STRING],
  [ATTRIBUTE_TYPES.serialNumber, PRINTABLE_STRING],
  [ATTRIBUTE_TYPES.dnQualifier, PRINTABLE_STRING],
  [ATTRIBUTE_TYPES.emailAddress, IA5_STRING],
  [ATTRIBUTE_TYPES.domainComponent, IA5_STRING],
])

const encodeText = (type: string, text: string): Buffer => {
  const wanted = STRING_TYPES.get(type) ?? UTF8_STRING
  // Text that the standard's type cannot hold is minted all the same: hostile names are the point.
  const { tag } = wanted.alphabet.test(text) ? wanted : UTF8_STRING
  return encodeValue(tag, Buffer.from(text))
}

const encodeAttribute = ({ type, value }: AttributeRequest): Buffer => {
  const identifier = resolveAttributeType(type)
  const encoded = typeof value === 'string' ? encodeText(identifier, value) : value
  return sequence(objectIdentifier(identifier), encoded)
}

const isSequenceOfRdns = (name: NameRequest): name is readonly (readonly AttributeRequest[])[] =>
  Array.isArray(name)

const toRdns = (name: NameRequest): readonly (readonly AttributeRequest[])[] =>
  isSequenceOfRdns(name)
    ? name
    : Object.entries(name).flatMap(([type, values]) => [values].flat().map((value) => [{ type, value }]))

/** A Name in DER (RFC 5280 section 4.1.2.4). Any text is taken, also line breaks, NUL and ESC. */
export function encodeName(name: NameRequest): Buffer {
  return sequence(...toRdns(name).map((rdn) => setOf(...rdn.map(encodeAttribute))))
}

/** Whether the name has no attribute at all, so that the alternative names are critical (RFC 5280 section 4.2.1.6). */
export function isEmptyName(name: NameRequest): boolean {
  return toRdns(name).length === 0
}
