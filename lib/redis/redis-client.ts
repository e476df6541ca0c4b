/** What is used of a client of the package `ioredis` or `iovalkey`, a `Redis` or a `Cluster`. */
export interface IoRedisClient extends ErrorEmitter {
  get(key: string): Promise<string | null>
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>
  /** Which the clients of the package `redis` do not have. */
  getBuffer(key: string): Promise<unknown>
}

/** What is used of a client of the package `redis`, of `createClient` or `createCluster`. */
export interface NodeRedisClient extends ErrorEmitter {
  get(key: string): Promise<string | null>
  set(key: string, value: string, options: { readonly PX: number }): Promise<unknown>
}

interface ErrorEmitter {
  on(event: 'error', listener: (error: unknown) => void): unknown
}

/** A connected client of the packages `redis`, `ioredis` or `iovalkey`, standalone or cluster. */
export type RedisClient = IoRedisClient | NodeRedisClient

export const isIoRedis = (client: RedisClient): client is IoRedisClient => 'getBuffer' in client
