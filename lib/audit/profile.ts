/**
 * How much a record says about who is calling. `full`: everything. `pseudonymous`: of the certificate the
 * thumbprint, the serial number and the issuer, and no address. `minimal`: that there was one, and no more.
 */
export type RedactionProfile = 'full' | 'pseudonymous' | 'minimal'

/** Stands where a profile takes something away that a schema cannot do without. No name reads like this. */
export const REDACTED = 'redacted'

const PROFILES: readonly unknown[] = ['full', 'pseudonymous', 'minimal'] satisfies RedactionProfile[]

/** A profile, `full` by default. Anything else is a `TypeError`. */
export const resolveProfile = (profile: RedactionProfile = 'full'): RedactionProfile => {
  if (PROFILES.includes(profile)) return profile
  throw new TypeError("profile must be 'full', 'pseudonymous' or 'minimal'")
}
