import type { MintedCertificate } from 'mtls-identity/testing'
import { ANONYMOUS, forwarded, transformed } from '../../support/cloudflare-fields.js'
import type { FieldLines } from '../../support/raw-client.js'

/** Somebody else, of whom an attacker knows all that there is to know but the key. */
export interface Victim {
  readonly certificate: MintedCertificate
  /** The id of a client connection that the victim has open, where the edge says one. */
  readonly connection: string
}

type Forge = (victim: Victim) => FieldLines

const pair: Forge = ({ certificate }) => forwarded(certificate)
const verdict: Forge = ({ certificate }) => transformed(certificate)
const id: Forge = ({ connection }) => [['X-Connection-Id', connection]]
const all: Forge = (victim) => [...pair(victim), ...verdict(victim), ...id(victim)]
const empty: Forge = (victim) => all(victim).map(([name]) => [name, ''])
const both = (first: Forge, second: Forge): Forge => {
  return (victim) => [...first(victim), ...second(victim)]
}
const renamed = (rename: (name: string) => string): Forge => {
  return (victim) => all(victim).map(([name, value]) => [rename(name), value])
}
const lineOf = (forge: Forge, index: number): Forge => {
  return (victim) => forge(victim).slice(index).slice(0, 1)
}
const absence: Forge = () => ANONYMOUS

/** What an attacker may write. */
export const FORGERIES: readonly (readonly [what: string, forge: Forge])[] = [
  ['every field', all],
  ['every field twice', both(all, all)],
  ['every field in lower case', renamed((name) => name.toLowerCase())],
  ['every field in upper case', renamed((name) => name.toUpperCase())],
  ['every field with underscores', renamed((name) => name.replaceAll('-', '_'))],
  ['every field with one underscore', renamed((name) => name.replace(/-(?=[^-]*$)/, '_'))],
  ['every field beside an empty one', both(empty, all)],
  ['every field empty', empty],
  ['the certificate and its hash', pair],
  ['the certificate alone', lineOf(pair, 0)],
  ['the hash alone', lineOf(pair, 1)],
  ['a verdict', verdict],
  ['an asserted hash alone', lineOf(verdict, -1)],
  ['the id of a connection', id],
  ['the id of a connection twice', both(id, id)],
  ['"no certificate"', absence],
]

const HOP_BY_HOP_NAMES =
  'keep-alive, Cf-Client-Cert-Der-Base64, Cf-Client-Cert-Sha256, Cf-Cert-Presented, Cf-Cert-Verified, ' +
  'Cf-Cert-Revoked, Cf-Cert-Sha256, X-Connection-Id'

/** Calls the edge's own fields hop-by-hop, for a proxy that would take them off after it has set them. */
export const HOP_BY_HOP: FieldLines = [['Connection', HOP_BY_HOP_NAMES]]
