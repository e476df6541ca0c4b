// Whether memory stays flat under attack, at the default limits: a million client connections, two of five
// without a certificate, and two hundred thousand certificates that nobody has signed. What is remembered is
// measured when it is as much as it may be, and again when all have been seen. Ends with 1 if it grew.
// npm run prove:memory
import { setImmediate as turn } from 'node:timers/promises'
import { connectionId, mtlsIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createForger } from './forgeries.js'

const CONNECTIONS = 1_000_000
/** Every fifth connection shows a certificate of its own, and the next two show the same one. */
const CONNECTIONS_PER_CERTIFICATE = 5
/** By then there were 60,000 certificates, and 180,000 connections with one and 120,000 without. */
const FULL_AT = 300_000
const BATCH = 5_000
const MAX_GROWTH = 0.1

const { gc } = globalThis
if (gc === undefined) throw new Error('Run it with --expose-gc.')

const middleware = mtlsIdentity({
  edge: cloudflare({ enforced: true }),
  continuity: connectionId('X-Connection-Id'),
  trust: 'loopback',
})
const forge = createForger()
let certificate = forge(0)

/** @param {Record<string, string>} fields */
const createRequest = (fields) => {
  const headers = { host: 'origin.test', ...fields }
  const req = { headers, rawHeaders: Object.entries(headers).flat(), socket: { remoteAddress: '127.0.0.1' } }
  return /** @type {import('node:http').IncomingMessage} */ (/** @type {unknown} */ (req))
}

/** @param {number} connection */
const fieldsOf = (connection) => {
  const place = connection % CONNECTIONS_PER_CERTIFICATE
  const id = { 'x-connection-id': `connection-${connection}` }
  if (place === 0) certificate = forge(connection / CONNECTIONS_PER_CERTIFICATE)
  if (place > 2) return id
  const { der, thumbprint } = certificate
  return {
    ...id,
    'cf-client-cert-der-base64': der.toString('base64'),
    'cf-client-cert-sha256': thumbprint,
  }
}

/** @param {number} connection */
const open = async (connection) => {
  const fields = fieldsOf(connection)
  const { identity, problems } = await middleware.identify(createRequest(fields))
  const thumbprint = 'cf-client-cert-sha256' in fields ? fields['cf-client-cert-sha256'] : undefined
  if (identity?.thumbprint !== thumbprint || problems.length > 0) {
    throw new Error(`Connection ${connection} was taken for ${identity?.thumbprint}: ${problems.join()}`)
  }
}

/** @type {(from: number, to: number) => Promise<void>} */
const openAll = async (from, to) => {
  for (let first = from; first < to; first += BATCH) {
    await Promise.all(Array.from({ length: BATCH }, (_, index) => open(first + index)))
  }
}

/** What is in use when everything that can be freed is. */
const measure = async () => {
  for (let round = 0; round < 5; round++) {
    gc()
    await turn()
  }
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage()
  return { heapUsed, external, arrayBuffers, rss, used: heapUsed + external }
}

/** @type {(what: string, memory: Record<string, number>) => void} */
const print = (what, memory) => {
  const sizes = Object.entries(memory).map(([name, bytes]) => `${name} ${(bytes / 2 ** 20).toFixed(1)}`)
  console.log(`${what}: ${sizes.join(', ')} MiB`)
}

/** @param {number} connections */
const describe = (connections) =>
  `${connections} connections, ${connections / CONNECTIONS_PER_CERTIFICATE} certificates`

print('Nothing seen', await measure())
await openAll(0, FULL_AT)
const before = await measure()
print(describe(FULL_AT), before)
await openAll(FULL_AT, CONNECTIONS)
const after = await measure()
print(describe(CONNECTIONS), after)

const growth = after.used / before.used - 1
console.log(`Grown by ${(growth * 100).toFixed(1)} %, allowed are ${MAX_GROWTH * 100} %.`)
process.exitCode = growth > MAX_GROWTH ? 1 : 0
