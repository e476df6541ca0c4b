import { timingSafeEqual } from 'node:crypto'
import { resolveFieldName } from '../field/field-name.js'
import { assertOptionNames } from '../option-check.js'
import { sha256, takeDigest } from './take-digest.js'
import type { Trust } from './trust.js'

export interface SharedSecretOptions {
  /** The field in which the edge sends the secret, on every request and in place of a client's own. */
  readonly field: string
  /**
   * The secret, or several while one takes the place of another: 16 to 1024 visible ASCII characters each,
   * from a random generator (`openssl rand -base64 32`).
   */
  readonly secrets: string | readonly string[]
}

const MAX_BYTES = 1_024
const SECRET = /^[\x21-\x7e]{16,1024}$/

/**
 * Believes requests with a secret that only the edge knows, such as a Cloudflare Transform Rule sets it.
 * Asked on every request; compared in constant time with every secret. The field comes off every request,
 * also off one that is believed, so that it reaches neither the application nor its logs. A repeated field
 * is not believed. Does not check who is speaking: whoever has seen the secret is the edge, so the origin
 * connection must be encrypted, and what stands before the origin must not log the field.
 */
export const sharedSecret = (options: SharedSecretOptions): Trust => {
  assertOptionNames(options, ['field', 'secrets'], 'sharedSecret()')
  const field = resolveFieldName(options.field, 'field')
  const digests = resolveSecrets(options.secrets).map(sha256)
  return {
    fields: [field],
    isEdge(req) {
      const digest = takeDigest(req, field, MAX_BYTES)
      return digest !== undefined && isOneOf(digests, digest)
    },
  }
}

/** Compares with all of them: which one it is, or whether one is, takes no time of its own. */
const isOneOf = (digests: readonly Buffer[], digest: Buffer): boolean =>
  digests.map((candidate) => timingSafeEqual(candidate, digest)).includes(true)

const resolveSecrets = (secrets: unknown): string[] => {
  const list: unknown[] = Array.isArray(secrets) ? secrets : [secrets]
  // The message must not say what was given.
  if (list.length === 0 || !list.every((secret) => typeof secret === 'string' && SECRET.test(secret))) {
    throw new TypeError('secrets must be one or more secrets of 16 to 1024 visible ASCII characters')
  }
  return list as string[]
}
