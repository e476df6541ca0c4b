import type { EdgeAssertions } from '../edges/edge.js'
import { boundedList } from './bounded-list.js'
import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'
import type { RedactionProfile } from './profile.js'

/** What the edge said on a request: escaped, bounded, and no more than the profile allows. */
export type AssertedFacts = Readonly<Record<string, boolean | string | readonly string[]>>

const VERDICTS = ['presented', 'verified', 'revoked'] as const
const PSEUDONYMS = [...VERDICTS, 'thumbprint', 'serialNumber', 'issuer'] as const

const ALLOWED: Readonly<Record<RedactionProfile, (name: string, asserted: EdgeAssertions) => boolean>> = {
  full: () => true,
  pseudonymous: (name, { issuer, subject }) =>
    PSEUDONYMS.some((allowed) => allowed === name) && !(name === 'issuer' && issuer === subject),
  minimal: (name) => VERDICTS.some((allowed) => allowed === name),
}

/** What the edge asserted, under a profile. Every edge may say more than this package knows of. */
export const assertedFacts = (asserted: EdgeAssertions, profile: RedactionProfile): AssertedFacts => {
  const allowed = Object.entries(asserted).filter(([name]) => ALLOWED[profile](name, asserted))
  return Object.fromEntries(allowed.map(([name, value]) => [name, writeAssertion(value)]))
}

const writeAssertion = (value: unknown): AssertedFacts[string] => {
  if (typeof value === 'boolean') return value
  if (value instanceof Date) return value.toJSON()
  if (isList(value)) return boundedList(value, (text) => escapeText(String(text)), String)
  return escapeText(String(value), MAX_NAME_LENGTH)
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
