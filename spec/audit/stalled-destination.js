// Whether an audit log whose destination stands still makes requests slower, grows, or miscounts: 10,000 requests
// to an origin without audit and as many to one with, in turns, over connections of their own. Ends with 1 if the
// median is more than 10 % slower, if memory grew, or if a record is neither written, waiting nor counted as lost.
// npm run bench:audit
import { once } from 'node:events'
import http from 'node:http'
import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import express from 'express'
import { mtlsIdentity } from 'mtls-identity'
import { auditLog } from 'mtls-identity/audit'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'

const REQUESTS = 10_000
const WARM_UP = 2_000
const MAX_RATIO = 1.1
const MAX_GROWTH_MIB = 8

const { gc } = globalThis
if (gc === undefined) throw new Error('Run it with --expose-gc.')

const client = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const FIELDS = {
  'Cf-Client-Cert-Der-Base64': Buffer.from(client.der).toString('base64'),
  'Cf-Client-Cert-Sha256': client.thumbprint,
  'Cf-Cert-Presented': 'true',
  'Cf-Cert-Verified': 'true',
  'Cf-Cert-Revoked': 'false',
  'Cf-Cert-Sha256': client.thumbprint,
}

/** @param {express.RequestHandler[]} first */
const start = async (...first) => {
  const app = express()
  for (const middleware of first) app.use(middleware)
  app.use(mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' }))
  app.get('/', (req, res) => {
    res.json({ subject: req.mtls.identity?.subject })
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const ask = async () => {
    const begun = performance.now()
    const [response] = await once(http.get({ port, agent, headers: FIELDS }), 'response')
    await once(response.resume(), 'end')
    return performance.now() - begun
  }
  const stop = () => {
    agent.destroy()
    server.close()
  }
  return { ask, stop }
}

const measureMiB = async () => {
  for (let round = 0; round < 5; round++) {
    gc()
    await turn()
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}

/** @param {number[]} values */
const medianOf = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** @type {{ lost?: number }[]} */
const written = []
let release = () => {}
let isStalled = true
const destination = new Writable({
  decodeStrings: false,
  write(line, _encoding, callback) {
    written.push(JSON.parse(line))
    if (isStalled) release = callback
    else callback()
  },
})
const audit = auditLog({ destination })

const plain = await start()
const audited = await start(audit)
for (let request = 0; request < WARM_UP; request++) {
  await plain.ask()
  await audited.ask()
}

const before = await measureMiB()
/** @type {Record<'plain' | 'audited', number[]>} */
const timesMs = { plain: [], audited: [] }
for (let request = 0; request < REQUESTS; request++) {
  // Who comes second has the other's garbage to collect: they take turns in that too.
  if (request % 2 === 0) timesMs.plain.push(await plain.ask())
  timesMs.audited.push(await audited.ask())
  if (request % 2 === 1) timesMs.plain.push(await plain.ask())
}
const medians = { plain: medianOf(timesMs.plain), audited: medianOf(timesMs.audited) }
timesMs.plain.length = timesMs.audited.length = 0
const growth = (await measureMiB()) - before
const { lost } = audit
plain.stop()
audited.stop()

isStalled = false
release()
await turn()
const reported = written.reduce((sum, record) => sum + (record.lost ?? 0), 0)
const delivered = written.filter((record) => record.lost === undefined).length

const ratio = medians.audited / medians.plain
console.log(`${REQUESTS} requests each: median ${medians.plain.toFixed(4)} ms without an audit log,`)
console.log(
  `${medians.audited.toFixed(4)} ms with one whose destination stalls, which is ${ratio.toFixed(3)} times as long`,
)
console.log(
  `Of ${WARM_UP + REQUESTS} records, with the warm-up's, ${lost} were lost, ${reported} reported as lost when the`,
)
console.log(
  `destination went on, and ${delivered} delivered; memory grew by ${growth.toFixed(1)} MiB meanwhile`,
)

const isExact = lost === reported && lost + delivered === WARM_UP + REQUESTS
process.exitCode = isExact && ratio <= MAX_RATIO && growth <= MAX_GROWTH_MIB ? 0 : 1
