// Who is calling, and how many: metrics for Prometheus on a port of their own, for dashboard.json beside this.
import { createServer } from 'node:http'
import express from 'express'
import { mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { onEvent, watchExpiry } from 'mtls-identity/events'
import { prometheusMetrics } from 'mtls-identity/metrics'
import * as prometheus from 'prom-client'

prometheusMetrics(prometheus)
watchExpiry({ withinDays: 14 })
onEvent('mtls-identity:certificate-expiring', ({ identity, daysLeft }) => {
  console.warn(`${identity.subject} (${identity.thumbprint}) has ${daysLeft} days left.`)
})

const app = express()
app.use(mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }))
app.get('/', (req, res) => res.json({ subject: req.clientCertificate?.subject, evidence: req.mtls.evidence }))
app.get(
  '/admin',
  requireIdentity(({ subject }) => subject.commonName === 'ops'),
  (_req, res) => res.send('Hello.'),
)

const metrics = createServer(async (_req, res) => {
  const text = await prometheus.register.metrics()
  res.setHeader('Content-Type', prometheus.register.contentType).end(text)
})

/** @param {import('node:http').Server} server */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port

// Not for the world to read.
metrics.listen({ port: Number(process.env['METRICS_PORT'] ?? 9464), host: '127.0.0.1' }, () => {
  console.log(`Metrics: 127.0.0.1:${portOf(metrics)}/metrics`)
  const server = app.listen(process.env['PORT'] ?? 3000, () => {
    console.log(`http://localhost:${portOf(server)}`)
  })
})
