import { createDistinguishedName, type DistinguishedName } from '../certificate/distinguished-name.js'
import type { ClientIdentity } from '../certificate/client-identity.js'
import { boundedList } from './bounded-list.js'
import { escapeName, escapeText } from './escape-text.js'
import { compact, type AuditRecord } from './schema.js'

/** Names of the ECS field set x509, and the attributes of a distinguished name that they are. */
const NAME_FIELDS = {
  common_name: 'commonName',
  country: 'country',
  locality: 'locality',
  organization: 'organization',
  organizational_unit: 'organizationalUnit',
  state_or_province: 'stateOrProvince',
} as const

/** The names of a certificate as the ECS field set x509 has them. */
export const ecsX509 = ({ subject, issuer, subjectAltName }: ClientIdentity): AuditRecord =>
  compact({
    subject: ecsName(subject),
    issuer: ecsName(issuer),
    alternative_names: list(subjectAltName.map(({ value }) => value)),
  })

const ecsName = (name: DistinguishedName): AuditRecord => {
  const attributes = Object.entries(NAME_FIELDS).map(([field, type]) => [field, list(name.values(type))])
  // In the order of the certificate, which begins with the country, where RFC 4514 ends with it.
  const distinguishedName = createDistinguishedName(name.rdns.toReversed()).toString()
  return compact({
    distinguished_name: escapeName(distinguishedName),
    ...(Object.fromEntries(attributes) as AuditRecord),
  })
}

const list = (values: readonly string[]): string[] | undefined =>
  values.length === 0 ? undefined : boundedList(values, (value) => escapeText(value), String)
