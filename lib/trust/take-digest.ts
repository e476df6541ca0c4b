import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { removeFields } from '../field/remove-fields.js'
import { readSingleton } from '../field/singleton.js'

/**
 * What was taken off requests, by field. Shared by every trust, for one of them takes the field off before
 * the next one, of another mount or inside `anyOf()`, can read it.
 */
const taken = new WeakMap<IncomingMessage, Map<string, Buffer | undefined>>()

/**
 * Takes a field (lower-case name) off a request and returns the SHA-256 of its value: the same digest however
 * often it is asked for, and nowhere the value. `undefined` without the field, and where it is repeated or
 * longer than `maxBytes`.
 */
export const takeDigest = (req: IncomingMessage, name: string, maxBytes: number): Buffer | undefined => {
  const digests = taken.get(req) ?? new Map<string, Buffer | undefined>()
  if (digests.has(name)) return digests.get(name)
  const value = readOrNothing(req, name, maxBytes)
  removeFields(req, new Set([name]))
  const digest = value === undefined ? undefined : sha256(value)
  taken.set(req, digests.set(name, digest))
  return digest
}

const readOrNothing = (...field: Parameters<typeof readSingleton>): string | undefined => {
  try {
    return readSingleton(...field)
  } catch {
    // Whoever sends a field twice or a kilobyte too long is not the edge; there is nothing else to say.
    return undefined
  }
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'latin1').digest()
