// Who is calling, and a page for one of them. This is the quick start of the README.
import express from 'express'
import { mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'

const app = express()
// For an edge on this machine. Cloudflare's own networks are trusted where `trust` is left out.
app.use(mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }))
app.get('/', (req, res) => res.json({ subject: req.clientCertificate?.subject, evidence: req.mtls.evidence }))
const opsOnly = requireIdentity((identity) => identity.subject.commonName === 'ops')
app.get('/admin', opsOnly, (_req, res) => res.send('Welcome, ops.'))

const server = app.listen(process.env['PORT'] ?? 3000).on('listening', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  console.log(`http://localhost:${port}`)
})
