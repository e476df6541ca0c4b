import { assertOptionNames, hasFunctions } from '../option-check.js'
import type { IdentityStore } from '../store/identity-store.js'
import { isIoRedis, type RedisClient } from './redis-client.js'

export interface RedisStoreOptions {
  /** What every key begins with. Default: `'mtls-identity:'`. */
  readonly prefix?: string
}

/**
 * An `IdentityStore` in Redis or Valkey, through a connected client of `redis`, `ioredis` or `iovalkey`,
 * standalone or cluster. Values are base64, with expiry. Whoever can write there can say which certificate a
 * client connection has shown: give it a user of its own. Keeps a client that has no `error` listener from
 * ending the process when the server goes away.
 */
export const redisStore = (client: RedisClient, options: RedisStoreOptions = {}): IdentityStore => {
  assertClient(client)
  const prefix = resolvePrefix(options)
  // An error event that nobody listens to ends the process; what fails is told by the calls themselves.
  client.on('error', () => undefined)
  const set = createSet(client)
  return {
    async get(key) {
      const text = await client.get(prefix + key)
      return text === null ? undefined : Buffer.from(text, 'base64')
    },
    set: (key, value, ttlMs) => set(prefix + key, Buffer.from(value).toString('base64'), Math.ceil(ttlMs)),
  }
}

const createSet = (client: RedisClient): ((key: string, value: string, ttlMs: number) => Promise<unknown>) =>
  isIoRedis(client)
    ? (key, value, ttlMs) => client.set(key, value, 'PX', ttlMs)
    : (key, value, ttlMs) => client.set(key, value, { PX: ttlMs })

const assertClient = (client: unknown): void => {
  if (hasFunctions(client, 'get', 'set', 'on')) return
  throw new TypeError("redisStore(client) must be given a client of 'redis', 'ioredis' or 'iovalkey'")
}

const resolvePrefix = (options: RedisStoreOptions): string => {
  assertOptionNames(options, ['prefix'], 'redisStore()')
  const { prefix = 'mtls-identity:' }: { readonly prefix?: unknown } = options
  if (typeof prefix !== 'string') throw new TypeError('prefix must be a string')
  return prefix
}
