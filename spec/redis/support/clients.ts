import { Cluster as IoRedisCluster, Redis as IoRedis } from 'ioredis'
import { Cluster as ValkeyCluster, Redis as Valkey } from 'iovalkey'
import type { RedisClient } from 'mtls-identity/redis'
import { createClient, createCluster } from 'redis'
import { HOST, type RedisServer } from './redis-server.js'

/** How long a client leaves a server alone that it has lost: as in examples/redis. */
const RECONNECT_MS = 100
const CONNECT_TIMEOUT_MS = 10_000

export const TRANSPORTS = ['TCP', 'TLS'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** A connected client, which no one listens to. */
export interface OpenClient {
  readonly client: RedisClient
  readonly close: () => void
}

type Open = (server: RedisServer, transport: Transport) => Promise<OpenClient>

/** One of the clients that people use. */
export interface ClientKind {
  readonly name: string
  readonly isCluster: boolean
  readonly open: Open
}

interface Connectable {
  connect(): Promise<unknown>
}

/** A client that cannot connect must not keep a spec from ending. */
const connect = async <C extends RedisClient & Connectable>(
  client: C,
  close: (client: C) => void,
): Promise<OpenClient> => {
  const opened = {
    client,
    close: () => {
      close(client)
    },
  }
  const timer = setTimeout(opened.close, CONNECT_TIMEOUT_MS)
  await client.connect()
  clearTimeout(timer)
  return opened
}

const addressOf = ({ port, tlsPort }: RedisServer, transport: Transport): { host: string; port: number } => ({
  host: HOST,
  port: transport === 'TLS' ? tlsPort : port,
})

const nodeRedisOptions = (server: RedisServer, transport: Transport) => {
  const address = { ...addressOf(server, transport), reconnectStrategy: RECONNECT_MS }
  const socket = transport === 'TLS' ? { ...address, tls: true as const, ...server.tls } : address
  return { socket, disableOfflineQueue: true }
}

const openNodeRedis: Open = (server, transport) =>
  connect(createClient(nodeRedisOptions(server, transport)), (client) => {
    client.destroy()
  })

const openNodeRedisCluster: Open = (server, transport) => {
  const defaults = nodeRedisOptions(server, transport)
  return connect(createCluster({ rootNodes: [defaults], defaults }), (client) => {
    client.destroy()
  })
}

const ioOptions = (server: RedisServer, transport: Transport) => ({
  ...addressOf(server, transport),
  ...(transport === 'TLS' && { tls: server.tls }),
  retryStrategy: () => RECONNECT_MS,
  enableOfflineQueue: false,
  lazyConnect: true,
})

const ioClusterOptions = (server: RedisServer, transport: Transport) => ({
  redisOptions: transport === 'TLS' ? { tls: server.tls } : {},
  clusterRetryStrategy: () => RECONNECT_MS,
  slotsRefreshTimeout: 3_000,
  enableOfflineQueue: false,
  lazyConnect: true,
})

const disconnect = (client: { disconnect(): void }): void => {
  client.disconnect()
}

const openIoRedis: Open = (server, transport) =>
  connect(new IoRedis(ioOptions(server, transport)), disconnect)

const openIoRedisCluster: Open = (server, transport) => {
  const nodes = [addressOf(server, transport)]
  return connect(new IoRedisCluster(nodes, ioClusterOptions(server, transport)), disconnect)
}

const openValkey: Open = (server, transport) => connect(new Valkey(ioOptions(server, transport)), disconnect)

const openValkeyCluster: Open = (server, transport) => {
  const nodes = [addressOf(server, transport)]
  return connect(new ValkeyCluster(nodes, ioClusterOptions(server, transport)), disconnect)
}

export const KINDS: readonly ClientKind[] = [
  { name: 'redis createClient', isCluster: false, open: openNodeRedis },
  { name: 'redis createCluster', isCluster: true, open: openNodeRedisCluster },
  { name: 'ioredis Redis', isCluster: false, open: openIoRedis },
  { name: 'ioredis Cluster', isCluster: true, open: openIoRedisCluster },
  { name: 'iovalkey Redis', isCluster: false, open: openValkey },
  { name: 'iovalkey Cluster', isCluster: true, open: openValkeyCluster },
]
