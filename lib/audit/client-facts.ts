import type { ClientIdentity } from '../certificate/client-identity.js'
import { boundedList } from './bounded-list.js'
import { escapeName, escapeText, MAX_TEXT_LENGTH } from './escape-text.js'
import { REDACTED, type RedactionProfile } from './profile.js'

/** What a record says about a certificate: escaped, bounded, and no more than the profile allows. */
export interface ClientFacts {
  /** SHA-256 of the DER, 64 lower-case hex digits. */
  readonly thumbprint?: string
  /** Upper-case hex without colons. */
  readonly serialNumber?: string
  readonly issuer?: string
  readonly subject?: string
  readonly subjectAltName?: readonly { readonly type: string; readonly value: string }[]
  /** ISO 8601. */
  readonly notBefore?: string
  /** ISO 8601. */
  readonly notAfter?: string
}

/** The facts of an identity under a profile. */
export const clientFacts = (identity: ClientIdentity, profile: RedactionProfile): ClientFacts =>
  FACTS[profile](identity)

const full = (identity: ClientIdentity): ClientFacts => ({
  thumbprint: identity.thumbprint,
  serialNumber: escapeText(identity.serialNumber),
  issuer: escapeName(identity.issuer.toString()),
  subject: escapeName(identity.subject.toString()),
  subjectAltName: boundedList(
    identity.subjectAltName,
    ({ type, value }) => ({ type, value: escapeText(value, MAX_TEXT_LENGTH) }),
    (value) => ({ type: 'omitted', value }),
  ),
  notBefore: identity.notBefore.toISOString(),
  notAfter: identity.notAfter.toISOString(),
})

const pseudonymous = ({ thumbprint, serialNumber, issuer, subject }: ClientIdentity): ClientFacts => {
  const [issuerName, subjectName] = [issuer.toString(), subject.toString()]
  return {
    thumbprint,
    serialNumber: escapeText(serialNumber),
    // The issuer of a self-signed certificate is the subject.
    issuer: issuerName === subjectName ? REDACTED : escapeName(issuerName),
  }
}

const FACTS: Readonly<Record<RedactionProfile, (identity: ClientIdentity) => ClientFacts>> = {
  full,
  pseudonymous,
  minimal: () => ({}),
}
