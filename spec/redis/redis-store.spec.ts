import { EventEmitter } from 'node:events'
import { redisStore, type RedisClient, type RedisStoreOptions } from 'mtls-identity/redis'

const BYTES = Uint8Array.of(0, 1, 2, 253, 254, 255)
const TEXT = 'AAEC/f7/'

/** What the clients of `redis` have, and what those of `ioredis` and `iovalkey` have besides. */
class FakeNodeRedis extends EventEmitter {
  readonly calls: unknown[][] = []
  value: string | null = null

  get(...args: unknown[]): Promise<string | null> {
    this.calls.push(['get', ...args])
    return Promise.resolve(this.value)
  }

  set(...args: unknown[]): Promise<unknown> {
    this.calls.push(['set', ...args])
    return Promise.resolve('OK')
  }
}

class FakeIoRedis extends FakeNodeRedis {
  getBuffer(): Promise<unknown> {
    throw new Error('It is known by this method; nobody calls it.')
  }
}

describe('redisStore()', () => {
  it.each<[what: string, client: FakeNodeRedis, expiry: unknown[]]>([
    ['redis', new FakeNodeRedis(), [{ PX: 1_500 }]],
    ['ioredis', new FakeIoRedis(), ['PX', 1_500]],
  ])('writes base64 with expiry through a client of %s', async (_what, client, expiry) => {
    await redisStore(client).set('certificate:7', BYTES, 1_500)
    expect(client.calls).toEqual([['set', 'mtls-identity:certificate:7', TEXT, ...expiry]])
  })

  it.each<[what: string, client: FakeNodeRedis]>([
    ['redis', new FakeNodeRedis()],
    ['ioredis', new FakeIoRedis()],
  ])('reads bytes, or nothing, through a client of %s', async (_what, client) => {
    const store = redisStore(client)
    expect(await store.get('connection:7')).toBeUndefined()
    client.value = TEXT
    expect(await store.get('connection:7')).toEqual(Buffer.from(BYTES))
    expect(client.calls).toEqual(Array(2).fill(['get', 'mtls-identity:connection:7']))
  })

  it('takes a view of a larger buffer for what it shows', async () => {
    const client = new FakeNodeRedis()
    await redisStore(client).set('key', Uint8Array.of(9, ...BYTES, 9).subarray(1, -1), 1)
    expect(client.calls[0]).toContain(TEXT)
  })

  it('asks for whole milliseconds, at least one', async () => {
    const client = new FakeNodeRedis()
    await redisStore(client).set('key', BYTES, 0.25)
    expect(client.calls[0]).toContainEqual({ PX: 1 })
  })

  it.each([
    ['of its own', 'origin:', 'origin:key'],
    ['that is empty', '', 'key'],
  ])('puts a prefix %s before every key', async (_what, prefix, key) => {
    const client = new FakeNodeRedis()
    const store = redisStore(client, { prefix })
    await store.get('key')
    await store.set('key', BYTES, 1)
    expect(client.calls.map(([, name]) => name)).toEqual([key, key])
  })

  it('hands on what the client rejects with', async () => {
    const client = new FakeNodeRedis()
    const lost = new Error('connection lost')
    jest.spyOn(client, 'get').mockRejectedValue(lost)
    jest.spyOn(client, 'set').mockRejectedValue(lost)
    const store = redisStore(client)
    await expect(store.get('key')).rejects.toBe(lost)
    await expect(store.set('key', BYTES, 1)).rejects.toBe(lost)
  })

  it('listens to errors, which end the process where nobody does', () => {
    const client = new FakeNodeRedis()
    expect(() => client.emit('error', new Error('connection lost'))).toThrow('connection lost')
    redisStore(client)
    expect(client.emit('error', new Error('connection lost'))).toBe(true)
  })

  it.each<[what: string, client: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a URL', 'redis://localhost'],
    ['a Map, which emits nothing', new Map()],
    ['options', { host: 'localhost' }],
    ['what has the names only', { get: 1, set: 1, on: 1 }],
  ])('is given a client: %s is a TypeError', (_what, client) => {
    expect(() => redisStore(client as RedisClient)).toThrow(
      new TypeError("redisStore(client) must be given a client of 'redis', 'ioredis' or 'iovalkey'"),
    )
  })

  it.each<[what: string, options: unknown, message: string]>([
    ['an unknown option', { ttl: 1 }, "redisStore() has no option 'ttl'; its options are prefix"],
    ['a prefix that is no text', { prefix: 1 }, 'prefix must be a string'],
  ])('refuses %s', (_what, options, message) => {
    const client = new FakeNodeRedis()
    expect(() => redisStore(client, options as RedisStoreOptions)).toThrow(new TypeError(message))
    expect(client.listenerCount('error')).toBe(0)
  })
})
