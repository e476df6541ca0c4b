// One of several origin processes behind an edge that sends the certificate on the first request of a
// connection only: what one of them has seen, the others know from Redis.
import express from 'express'
import { MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { redisStore } from 'mtls-identity/redis'
import { createClient } from 'redis'

const { PORT = 3000, REDIS_URL = 'redis://localhost:6379' } = process.env

const redis = createClient({
  url: REDIS_URL,
  // Calls fail at once while Redis is away, instead of waiting in a queue for its return.
  disableOfflineQueue: true,
  // By default it is left alone for up to two seconds; the origins shall not come back all at the same moment.
  socket: { connectTimeout: 1_000, reconnectStrategy: () => 100 + Math.random() * 100 },
})

// Each attempt that fails is an error: say it once.
let isAway = false
redis.on('error', (error) => {
  if (!isAway) console.error('Redis is away:', error.message)
  isAway = true
})
redis.on('ready', () => {
  if (isAway) console.error('Redis is back.')
  isAway = false
})
// Not awaited: until Redis answers, clients are known that this process has seen itself.
redis.connect().catch(console.error)

const app = express()
app.use(
  // For an edge on this machine. Cloudflare's own networks are trusted where `trust` is left out.
  mtlsIdentity({
    edge: cloudflare({ clientAuthHeaders: true }),
    trust: 'loopback',
    store: redisStore(redis),
  }),
)
app.get('/', (req, res) => {
  res.json({ subject: req.clientCertificate?.subject, evidence: req.mtls.evidence })
})
app.get('/admin', requireIdentity(), (req, res) => {
  res.json({ welcome: `${req.mtls.identity?.subject}` })
})

/** @type {(error: unknown, req: express.Request, res: express.Response, next: express.NextFunction) => void} */
const answerRefused = (error, _req, res, next) => {
  if (!(error instanceof MtlsIdentityError)) return next(error)
  // 503 is not the client's fault: it may come again.
  if (error.status === 503) res.set('Retry-After', '1')
  res.status(error.status).json({ code: error.code })
}
app.use(answerRefused)

const server = app.listen(PORT).on('listening', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  console.log(`http://localhost:${port}`)
})
