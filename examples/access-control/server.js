// Pages for some clients only, and an answer that tells a refused one nothing but a code.
import { readFile } from 'node:fs/promises'
import express from 'express'
import { MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'

const {
  PORT = 3000,
  PINNED_KEYS = '',
  PINNED_CERTIFICATES = '',
  ENROLLED_FILE = 'enrolled.json',
} = process.env

// By name: right if every authority that the edge trusts gives this name to nobody else.
const isOps = requireIdentity(({ subject }) => subject.commonName === 'ops')

const isBilling = requireIdentity(({ spiffeId }) => spiffeId === 'spiffe://example.org/billing')

// By key, which a renewed certificate may keep. To change the key, list the old one and the new one for as
// long as both are in use; a certificate is pinned in the same way, by its thumbprint.
const pinnedKeys = new Set(PINNED_KEYS.split(','))
const hasPinnedKey = requireIdentity(({ spkiSha256 }) => pinnedKeys.has(spkiSha256))
const pinnedCertificates = new Set(PINNED_CERTIFICATES.split(','))
const hasPinnedCertificate = requireIdentity(({ thumbprint }) => pinnedCertificates.has(thumbprint))

// By asking somebody else, here a file with thumbprints. A client is not let in while there is no answer.
const isEnrolled = requireIdentity(async ({ thumbprint }) => {
  /** @type {unknown} */
  const enrolled = JSON.parse(await readFile(ENROLLED_FILE, 'utf8'))
  return Array.isArray(enrolled) && enrolled.includes(thumbprint)
})

/** @type {express.RequestHandler} */
const welcome = (req, res) => res.json({ welcome: req.mtls.identity?.subject })

/** @type {express.ErrorRequestHandler} */
const answerWithCode = (error, _req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof MtlsIdentityError) return res.status(error.status).json({ code: error.code })
  console.error(error)
  return res.status(500).json({ code: 'ERR_INTERNAL' })
}

const app = express()
app.use(mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }))
app.get('/by-name', isOps, welcome)
app.get('/by-spiffe-id', isBilling, welcome)
app.get('/by-key', hasPinnedKey, welcome)
app.get('/by-certificate', hasPinnedCertificate, welcome)
app.get('/by-enrolment', isEnrolled, welcome)
app.use(answerWithCode)

const server = app.listen(PORT).on('listening', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  console.log(`http://localhost:${port}`)
})
