import { createClient } from 'redis'
import { HOST, type RedisServer } from './redis-server.js'

/** Somebody who sees and changes everything in a Redis. */
export interface Admin {
  readonly keys: (prefix: string) => Promise<string[]>
  /** All keys and values there are; those in base64 decoded as well. */
  readonly dump: () => Promise<string>
  /** Milliseconds until a key is gone. */
  readonly lifeOf: (key: string) => Promise<number>
  /** Puts a value in the place of another. */
  readonly replace: (key: string, value: string) => Promise<unknown>
  readonly remove: (prefix: string) => Promise<void>
  /** A command as it is typed. */
  readonly run: (command: string) => Promise<unknown>
  readonly close: () => void
}

export const openAdmin = async ({ port }: RedisServer): Promise<Admin> => {
  const client = await createClient({ socket: { host: HOST, port } }).connect()
  const keys = async (prefix: string): Promise<string[]> => (await client.keys(`${prefix}*`)).sort()
  return {
    keys,
    async dump() {
      const all = await keys('')
      const values = await Promise.all(all.map(async (key) => (await client.get(key)) ?? ''))
      return [
        ...all,
        ...values,
        ...values.map((value) => Buffer.from(value, 'base64').toString('latin1')),
      ].join('\n')
    },
    lifeOf: (key) => client.pTTL(key),
    replace: (key, value) => client.set(key, value, { KEEPTTL: true }),
    async remove(prefix) {
      for (const key of await keys(prefix)) await client.del(key)
    },
    run: (command) => client.sendCommand(command.split(' ')),
    close: () => {
      client.destroy()
    },
  }
}
