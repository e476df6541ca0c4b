import { once } from 'node:events'
import { createServer } from 'node:http'

/** The classic mistake: an origin that remembers clients by its own socket, and has no doubts. */
export const startOrigin = async () => {
  const thumbprints = new WeakMap()
  let number = 0
  const server = createServer((req, res) => {
    const shown = req.headers['cf-client-cert-sha256']
    if (shown !== undefined) thumbprints.set(req.socket, shown)
    const thumbprint = thumbprints.get(req.socket)
    number += 1
    res.end(JSON.stringify({ number, originConnection: 1, thumbprint, evidence: 'connection', problems: [] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
