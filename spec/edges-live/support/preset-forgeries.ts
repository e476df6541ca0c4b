import type { MintedCertificate } from 'mtls-identity/testing'
import type { FieldLines } from '../../support/raw-client.js'
import { ENCODINGS } from './preset.js'

/** What an attacker makes of the fields that the edge would send of the victim. */
type Forge = (fields: FieldLines, victim: MintedCertificate) => FieldLines

type Forgery = readonly [what: string, forge: Forge]

const renamed = (rename: (name: string) => string): Forge => {
  return (fields) => fields.map(([name, value]) => [rename(name), value])
}
const both = (first: Forge, second: Forge): Forge => {
  return (fields, victim) => [...first(fields, victim), ...second(fields, victim)]
}
const asTheyAre: Forge = (fields) => fields
const emptied: Forge = (fields) => fields.map(([name]) => [name, ''])
const line = (index: number): Forge => {
  return (fields) => fields.slice(index).slice(0, 1)
}
const everywhere: Forge = (_fields, victim) => ENCODINGS.flatMap(({ fieldsOf }) => fieldsOf(victim))

/** What an attacker may write. */
export const PRESET_FORGERIES: readonly Forgery[] = [
  ["the victim's fields", asTheyAre],
  ['the fields of every encoding', everywhere],
  ['every field twice', both(asTheyAre, asTheyAre)],
  ['every field in lower case', renamed((name) => name.toLowerCase())],
  ['every field in upper case', renamed((name) => name.toUpperCase())],
  ['every field with underscores', renamed((name) => name.replaceAll('-', '_'))],
  ['every field with one underscore', renamed((name) => name.replace(/-(?=[^-]*$)/, '_'))],
  ['every field beside an empty one', both(emptied, asTheyAre)],
  ['every field empty', emptied],
  ['the first field alone', line(0)],
  ['the last field alone', line(-1)],
]

/** Calls the edge's own fields hop-by-hop, for a proxy that would take them off after it has set them. */
export const hopByHop = (fields: FieldLines): FieldLines => [
  ['Connection', ['keep-alive', ...fields.map(([name]) => name)].join(', ')],
]
