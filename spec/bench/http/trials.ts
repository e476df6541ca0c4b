import { identified, transformed, type Client } from '../micro/traffic.js'
import type { FieldLines } from '../micro/wire.js'
import type { ServerKind } from './server-kinds.js'

/** A server, and what its clients send besides the usual lines. */
export interface Trial {
  readonly name: ServerKind
  /** What takes turns to answer the requests. Before the first turn, the one of its name does. */
  readonly kinds: readonly ServerKind[]
  readonly linesOf: (client: Client) => FieldLines
}

const compareWithBare = (name: ServerKind, linesOf: Trial['linesOf']): Trial => ({
  name,
  kinds: ['bare', name],
  linesOf,
})

/** In each, one recognises who the requests are from, and *bare* does next to nothing with the same ones. */
export const COMPARISONS: readonly Trial[] = [
  compareWithBare('by thumbprint', transformed),
  compareWithBare('by connection id', identified),
]

export const NATIVE: Trial = { name: 'native', kinds: ['native'], linesOf: () => [] }

export const TRIALS: readonly Trial[] = [...COMPARISONS, NATIVE]
