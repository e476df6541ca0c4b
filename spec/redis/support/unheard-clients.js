// A process with one of each client, made as somebody makes it who reads no further than the first example:
// without options, and without a listener for errors. Says on request what its middlewares say of a client
// that they do not know.
import { Cluster as IoRedisCluster, Redis as IoRedis } from 'ioredis'
import { Cluster as ValkeyCluster, Redis as Valkey } from 'iovalkey'
import { mtlsIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { redisStore } from 'mtls-identity/redis'
import { createClient, createCluster } from 'redis'

const [standalonePort, clusterPort] = process.argv.slice(2).map(Number)
const host = '127.0.0.1'
const standalone = { host, port: Number(standalonePort) }
const cluster = { host, port: Number(clusterPort) }

/** @type {Record<string, import('mtls-identity/redis').RedisClient>} */
const clients = {
  'redis createClient': await createClient({ socket: standalone }).connect(),
  'redis createCluster': await createCluster({ rootNodes: [{ socket: cluster }] }).connect(),
  'ioredis Redis': new IoRedis(standalone),
  'ioredis Cluster': new IoRedisCluster([cluster]),
  'iovalkey Redis': new Valkey(standalone),
  'iovalkey Cluster': new ValkeyCluster([cluster]),
}

const middlewares = Object.entries(clients).map(([name, client]) => {
  const edge = cloudflare({ clientAuthHeaders: true })
  // On a busy machine one of so many is always later than the default allows.
  const options = { edge, trust: () => true, store: redisStore(client), storeTimeoutMs: 1_000 }
  return { name, middleware: mtlsIdentity(options) }
})

const lines = {
  host: 'origin.test',
  'cf-cert-presented': 'true',
  'cf-cert-verified': 'true',
  'cf-cert-revoked': 'false',
  'cf-cert-sha256': '0'.repeat(64),
}
const request = () => {
  const req = { headers: lines, rawHeaders: Object.entries(lines).flat(), socket: {} }
  return /** @type {import('node:http').IncomingMessage} */ (/** @type {unknown} */ (req))
}

process.on('message', async () => {
  const answers = middlewares.map(async ({ name, middleware }) => {
    const { problems } = await middleware.identify(request())
    return [name, problems.join()]
  })
  process.send?.(Object.fromEntries(await Promise.all(answers)))
})
process.send?.('ready')
