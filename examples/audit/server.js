// An origin that writes an audit log in the Elastic Common Schema to a file, through pino. For an edge on this
// machine with "Add TLS client auth headers". Ask the file who called: node examples/audit/query.js audit.ndjson
import express from 'express'
import { MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { auditLog, toEcs } from 'mtls-identity/audit'
import { cloudflare } from 'mtls-identity/edges'
import pino from 'pino'

const { PORT = 3000, AUDIT_FILE = 'audit.ndjson' } = process.env

const logger = pino(
  {
    // What pino adds to each line by itself has other names in ECS, or is there already.
    base: null,
    timestamp: false,
    formatters: { level: (label) => ({ 'log.level': label }) },
  },
  // Not synchronous: a slow disk must not stop the process.
  pino.destination({ dest: AUDIT_FILE, sync: false }),
)

const app = express()
// First of all, so that it sees what is refused as well.
app.use(auditLog({ destination: logger, schema: toEcs, onLost: warnOfLoss }))
app.use(mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }))
app.get('/', (_req, res) => {
  res.json({ hello: 'everybody' })
})
app.get('/keys/:id', requireIdentity(), (req, res) => {
  res.json({ key: req.params.id })
})

/** @type {(error: unknown, req: express.Request, res: express.Response, next: express.NextFunction) => void} */
const answerRefused = (error, _req, res, next) => {
  if (!(error instanceof MtlsIdentityError)) return next(error)
  res.status(error.status).json({ code: error.code })
}
app.use(answerRefused)

/** @param {number} lost */
function warnOfLoss(lost) {
  // Once for each power of ten: who does not keep up with records does not keep up with warnings either.
  if (Number.isInteger(Math.log10(lost))) console.error(`${lost} audit records lost`)
}

const server = app.listen(PORT).on('listening', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  console.log(`http://localhost:${port}`)
})
