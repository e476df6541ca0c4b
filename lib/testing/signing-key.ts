import { createPrivateKey, generateKeyPairSync, KeyObject, sign } from 'node:crypto'
import { bitString, NULL, objectIdentifier, sequence } from './der-writer.js'

const GENERATORS = {
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'RSA-2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'RSA-4096': () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey,
  Ed25519: () => generateKeyPairSync('ed25519').privateKey,
} as const

/** A kind of key that the mint can make. */
export type KeyType = keyof typeof GENERATORS

const isKeyType = (key: string): key is KeyType => Object.hasOwn(GENERATORS, key)

/** The private key that was given, or a new one of the kind that was named. */
export function resolveKey(key: KeyObject | string = 'P-256'): KeyObject {
  if (key instanceof KeyObject) return key
  return isKeyType(key) ? GENERATORS[key]() : createPrivateKey(key)
}

interface SignatureAlgorithm {
  readonly identifier: Buffer
  readonly hash: string | null
}

/** Signature algorithms by key and curve: RFC 4055, RFC 5758 and RFC 8410. */
const ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['rsa', { identifier: sequence(objectIdentifier('1.2.840.113549.1.1.11'), NULL), hash: 'sha256' }],
  ['ec prime256v1', { identifier: sequence(objectIdentifier('1.2.840.10045.4.3.2')), hash: 'sha256' }],
  ['ec secp384r1', { identifier: sequence(objectIdentifier('1.2.840.10045.4.3.3')), hash: 'sha384' }],
  ['ed25519', { identifier: sequence(objectIdentifier('1.3.101.112')), hash: null }],
])

/** How certificates are signed with this key; a `TypeError` for a kind of key that the mint cannot use. */
export function resolveAlgorithm(key: KeyObject): SignatureAlgorithm {
  const kind = [key.asymmetricKeyType, key.asymmetricKeyDetails?.namedCurve].filter(Boolean).join(' ')
  const algorithm = ALGORITHMS.get(kind)
  if (algorithm === undefined) {
    throw new TypeError(`A key must be one of ${[...ALGORITHMS.keys()].join(', ')}; this one is ${kind}.`)
  }
  return algorithm
}

/** SIGNED{…}: the value, the algorithm and the signature over the value's DER (RFC 5280 section 4.1). */
export function signValue(value: Uint8Array, key: KeyObject): Buffer {
  const { identifier, hash } = resolveAlgorithm(key)
  return sequence(value, identifier, bitString(sign(hash, value, key)))
}
