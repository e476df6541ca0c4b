import { randomUUID } from 'node:crypto'
import type { EdgeOptions, EdgeSettings } from './edge-options.js'

const DEFAULTS = {
  forward: 'first-request',
  sha256OnEveryRequest: false,
  clientAuthHeaders: false,
  randomId: randomUUID,
  originConnections: 'pooled',
  maxOriginConnections: 2,
  clientFields: 'strip',
  enforce: false,
  revoked: () => false,
} as const satisfies Partial<EdgeOptions>

const WORDS = {
  forward: ['first-request', 'every-request', 'never'],
  originConnections: ['pooled', 'one-to-one'],
  clientFields: ['strip', 'pass'],
} as const satisfies { readonly [name in keyof EdgeOptions]?: readonly string[] }

const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(DEFAULTS),
  ...['origin', 'clientCa', 'certificate', 'connectionIdField', 'oracleField'],
])

const assertKnownNames = (options: EdgeOptions): void => {
  const unknown = Object.keys(options).find((name) => !NAMES.has(name))
  if (unknown === undefined) return
  throw new TypeError(`Unknown option "${unknown}". createEdge takes: ${[...NAMES].join(', ')}.`)
}

const assertWord = (name: string, value: string, words: readonly string[]): void => {
  if (!words.includes(value)) throw new TypeError(`"${name}" must be one of: ${words.join(', ')}.`)
}

/** The options with their defaults; a `TypeError` names an option that is unknown or wrong. */
export function resolveEdgeOptions(options: EdgeOptions): EdgeSettings {
  assertKnownNames(options)
  const settings = { ...DEFAULTS, ...options, origin: new URL(options.origin) }
  assertWord('forward', settings.forward, WORDS.forward)
  assertWord('originConnections', settings.originConnections, WORDS.originConnections)
  assertWord('clientFields', settings.clientFields, WORDS.clientFields)
  if (settings.origin.protocol !== 'http:') throw new TypeError('"origin" must be an http: URL.')
  return settings
}
