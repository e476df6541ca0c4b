const STANDARD = '2.5.4'
const COSINE = '0.9.2342.19200300.100.1'

/** Attribute types that a name can be minted with, by the field's word for them (RFC 5280, RFC 4519). */
export const ATTRIBUTE_TYPES = {
  commonName: `${STANDARD}.3`,
  surname: `${STANDARD}.4`,
  serialNumber: `${STANDARD}.5`,
  country: `${STANDARD}.6`,
  locality: `${STANDARD}.7`,
  stateOrProvince: `${STANDARD}.8`,
  streetAddress: `${STANDARD}.9`,
  organization: `${STANDARD}.10`,
  organizationalUnit: `${STANDARD}.11`,
  title: `${STANDARD}.12`,
  givenName: `${STANDARD}.42`,
  dnQualifier: `${STANDARD}.46`,
  pseudonym: `${STANDARD}.65`,
  organizationIdentifier: `${STANDARD}.97`,
  userId: `${COSINE}.1`,
  domainComponent: `${COSINE}.25`,
  emailAddress: '1.2.840.113549.1.9.1',
} as const

/** The name of an attribute type. */
export type AttributeName = keyof typeof ATTRIBUTE_TYPES

const IDENTIFIERS: ReadonlyMap<string, string> = new Map(Object.entries(ATTRIBUTE_TYPES))

/** The object identifier of an attribute type given by name or in dotted form. */
export function resolveAttributeType(type: string): string {
  return IDENTIFIERS.get(type) ?? type
}
