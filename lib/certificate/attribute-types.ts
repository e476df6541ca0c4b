/** Attribute types of names: [property of DistinguishedName, RFC 4514 short name or '', OID]. */
const TYPES = [
  ['commonName', 'CN', '2.5.4.3'],
  ['surname', 'SN', '2.5.4.4'],
  ['serialNumber', '', '2.5.4.5'],
  ['country', 'C', '2.5.4.6'],
  ['locality', 'L', '2.5.4.7'],
  ['stateOrProvince', 'ST', '2.5.4.8'],
  ['streetAddress', 'STREET', '2.5.4.9'],
  ['organization', 'O', '2.5.4.10'],
  ['organizationalUnit', 'OU', '2.5.4.11'],
  ['title', '', '2.5.4.12'],
  ['givenName', '', '2.5.4.42'],
  ['initials', '', '2.5.4.43'],
  ['generationQualifier', '', '2.5.4.44'],
  ['dnQualifier', '', '2.5.4.46'],
  ['pseudonym', '', '2.5.4.65'],
  ['organizationIdentifier', '', '2.5.4.97'],
  ['userId', 'UID', '0.9.2342.19200300.100.1.1'],
  ['domainComponent', 'DC', '0.9.2342.19200300.100.1.25'],
  ['emailAddress', '', '1.2.840.113549.1.9.1'],
] as const

/** The attributes that a name gives as properties (RFC 5280 section 4.1.2.4 and appendix A, RFC 4519). */
export type AttributeName = (typeof TYPES)[number][0]

export const ATTRIBUTE_NAMES: readonly AttributeName[] = TYPES.map(([property]) => property)

const oids = new Map<string, string>()
const shortNames = new Map<string, string>()
for (const [property, shortName, oid] of TYPES) {
  oids.set(property, oid).set(oid, oid)
  if (shortName === '') continue
  oids.set(shortName, oid)
  shortNames.set(oid, shortName)
}

/** The OID of an attribute given as property name, short name (`CN`) or OID; other OIDs are themselves. */
export const attributeOid = (type: string): string => oids.get(type) ?? type

/** The short name that RFC 4514 section 3 and its usage give an attribute, else its OID. */
export const attributeShortName = (oid: string): string => shortNames.get(oid) ?? oid
