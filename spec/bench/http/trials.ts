import { identified, transformed, type Client } from '../micro/traffic.js'
import type { FieldLines } from '../micro/wire.js'
import type { ServerKind } from './servers.js'

/** A server, and what its clients send besides the usual lines. */
export interface Trial {
  readonly name: string
  readonly kind: ServerKind
  readonly linesOf: (client: Client) => FieldLines
}

/** The same requests for two servers: one recognises who they are from, the other one does next to nothing. */
export interface Comparison {
  readonly recognising: Trial
  readonly bare: Trial
}

const compare = (kind: ServerKind, linesOf: Trial['linesOf']): Comparison => ({
  recognising: { name: kind, kind, linesOf },
  bare: { name: `bare, for ${kind}`, kind: 'bare', linesOf },
})

export const COMPARISONS: readonly Comparison[] = [
  compare('by thumbprint', transformed),
  compare('by connection id', identified),
]

export const NATIVE: Trial = { name: 'native', kind: 'native', linesOf: () => [] }

export const TRIALS: readonly Trial[] = [
  ...COMPARISONS.flatMap(({ bare, recognising }) => [bare, recognising]),
  NATIVE,
]
