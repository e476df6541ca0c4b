import { createCertificateAuthority, createSelfSigned } from '../../../lib/testing/index.js'

/** When every simulation begins, in milliseconds since 1970. */
export const EPOCH = Math.floor(Date.now() / 1_000) * 1_000

export const HOUR_MS = 3_600_000

export interface Certificate {
  readonly name: string
  readonly der: Uint8Array
  readonly thumbprint: string
  readonly notBefore: number
  readonly notAfter: number
  /** Whether the edge can build its chain to a CA that it trusts. */
  readonly isVerifiable: boolean
}

/** From when and until when, in hours after the beginning. Half hours: no clock is ever set to one. */
type Lifetime = readonly [from: number, until: number]

const LONG: Lifetime = [-720.5, 720.5]
const SHORT: Lifetime = [-1.5, 1.5]
const EARLY: Lifetime = [1.5, 720.5]
const OVER: Lifetime = [-720.5, -1.5]

/** The certificates that a client has one after the other, renewed. */
const SUCCESSIONS: readonly Lifetime[] = [LONG, SHORT, LONG, EARLY, LONG]

const authority = createCertificateAuthority()

const mint = (name: string, [from, until]: Lifetime, isVerifiable: boolean): Certificate => {
  const notBefore = EPOCH + from * HOUR_MS
  const notAfter = EPOCH + until * HOUR_MS
  const request = {
    subject: { commonName: name },
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
  }
  const { der, thumbprint } = isVerifiable ? authority.issue(request) : createSelfSigned(request)
  return { name, der, thumbprint, notBefore, notAfter, isVerifiable }
}

const mintAll = (
  owner: string,
  lifetimes: readonly Lifetime[],
  isVerifiable: boolean,
): readonly Certificate[] =>
  lifetimes.map((lifetime, index) => mint(`${owner} #${index + 1}`, lifetime, isVerifiable))

/** What the clients have: each its own, nobody two of a kind. Minted once, for minting is slow. */
export const WALLETS: readonly (readonly [client: string, certificates: readonly Certificate[]])[] = [
  ['alice', mintAll('alice', SUCCESSIONS, true)],
  ['nobody', []],
  ['bob', mintAll('bob', SUCCESSIONS, true)],
  ['carol', mintAll('carol', SUCCESSIONS, true)],
  ['noone', []],
  ['dave', mintAll('dave', SUCCESSIONS, true)],
  ['erin', mintAll('erin', SUCCESSIONS, true)],
  ['frank', mintAll('frank', [SHORT, LONG, LONG, SHORT, LONG], true)],
  ['grace', mintAll('grace', [OVER, LONG, EARLY, LONG, SHORT], true)],
  ['mallory', mintAll('mallory', SUCCESSIONS, false)],
]

export const CERTIFICATES: readonly Certificate[] = WALLETS.flatMap(([, certificates]) => certificates)

const BY_THUMBPRINT = new Map(CERTIFICATES.map((certificate) => [certificate.thumbprint, certificate]))

export const certificateOf = (thumbprint: string | undefined): Certificate | undefined =>
  thumbprint === undefined ? undefined : BY_THUMBPRINT.get(thumbprint)

export const isValidAt = ({ notBefore, notAfter }: Certificate, timeMs: number): boolean =>
  notBefore <= timeMs && timeMs <= notAfter
