export type { IdentityStore } from '../store/identity-store.js'
export type { IoRedisClient, NodeRedisClient, RedisClient } from './redis-client.js'
export { redisStore } from './redis-store.js'
export type { RedisStoreOptions } from './redis-store.js'
