// One of several origin processes behind an edge that takes them in turns, sharing what they see through Redis
// as examples/redis does it. Nobody listens to the client's errors.
import express from 'express'
import { connectionId, MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { redisStore } from 'mtls-identity/redis'
import { createClient } from 'redis'

const [mode, redisPort, number] = process.argv.slice(2)

const client = createClient({
  socket: { host: '127.0.0.1', port: Number(redisPort), reconnectStrategy: 100 },
  disableOfflineQueue: true,
})
await client.connect()

const options =
  mode === 'thumbprint'
    ? { edge: cloudflare({ clientAuthHeaders: true }) }
    : { edge: cloudflare({ enforced: true }), continuity: connectionId('X-Connection-Id') }

/** @type {(req: express.Request, res: express.Response) => void} */
const report = (req, res) => {
  const { identity, evidence, problems } = req.mtls
  res.json({ process: number, thumbprint: identity?.thumbprint, evidence, problems })
}

/** @type {(error: unknown, req: express.Request, res: express.Response, next: express.NextFunction) => void} */
const reportError = (error, _req, res, next) => {
  if (error instanceof MtlsIdentityError) res.status(error.status).json({ process: number, code: error.code })
  else next(error)
}

const app = express()
// More time than by default to write to Redis and to read from it, for the machine of a test is busy.
app.use(
  mtlsIdentity({
    ...options,
    trust: 'loopback',
    store: redisStore(client),
    storeTimeoutMs: 2_000,
    wait: { maxMs: 500 },
  }),
)
app.get('/', report)
app.get('/guarded', requireIdentity(), report)
app.use(reportError)

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port)
})
// A connection that ends while it is idle would be a failure of the test, and none of what is tested.
server.keepAliveTimeout = 60_000
process.on('message', () => process.send?.('alive'))
