import { ATTRIBUTE_NAMES, attributeOid, attributeShortName, type AttributeName } from './attribute-types.js'
import { escapeAttributeValue } from './escape.js'

/** One attribute of a name: its type as OID, and its value. */
export interface NameAttribute {
  readonly type: string
  /** The decoded text, or `hex` where the value is not of a string type. */
  readonly value: string
  /** The decoded text, `undefined` where the value is not of a string type. */
  readonly text: string | undefined
  /** `#` and the hexadecimal of the value's DER (RFC 4514 section 2.4). */
  readonly hex: string
}

/** The attributes of a name as properties: the value where there is exactly one, else `undefined`. */
type SingleAttributes = Readonly<Record<AttributeName, string | undefined>>

/**
 * A name of RFC 5280 section 4.1.2.4. A property such as `commonName` is the value where the name has
 * exactly one of that type, and `undefined` otherwise, so that an ambiguous name matches nothing.
 */
export interface DistinguishedName extends SingleAttributes {
  /** Relative distinguished names in the order of the certificate; a multi-valued one has several. */
  readonly rdns: readonly (readonly NameAttribute[])[]
  /** All values of a type in order. The type is a property name, a short name (`CN`) or an OID. */
  values(type: string): readonly string[]
  /** The RFC 4514 string, escaped so that nothing in it can break a log line or a terminal. */
  toString(): string
  /** The same string, so that a name in JSON is readable. */
  toJSON(): string
}

/** A name of these relative distinguished names, frozen. */
export const createDistinguishedName = (rdns: DistinguishedName['rdns']): DistinguishedName => {
  const attributes = rdns.flat()
  const values = (type: string): readonly string[] => {
    const oid = attributeOid(type)
    return attributes.filter((attribute) => attribute.type === oid).map(({ value }) => value)
  }
  const toString = (): string => rdns.toReversed().map(rdnToString).join(',')
  return Object.freeze({ ...singleAttributes(values), rdns, values, toString, toJSON: toString })
}

const singleAttributes = (values: DistinguishedName['values']): SingleAttributes => {
  const single = (name: AttributeName): [AttributeName, string | undefined] => {
    const found = values(name)
    return [name, found.length === 1 ? found[0] : undefined]
  }
  return Object.fromEntries(ATTRIBUTE_NAMES.map(single)) as SingleAttributes
}

const rdnToString = (rdn: readonly NameAttribute[]): string => rdn.map(attributeToString).join('+')

const attributeToString = ({ type, text, hex }: NameAttribute): string => {
  const shortName = attributeShortName(type)
  // A type without a short name, or a value that is no string, is written as its encoding.
  return `${shortName}=${shortName === type || text === undefined ? hex : escapeAttributeValue(text)}`
}
