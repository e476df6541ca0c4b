// WebSockets for clients with a certificate: each is known and let in before the upgrade is answered.
import { createServer, STATUS_CODES } from 'node:http'
import { MtlsIdentityError, mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { WebSocketServer } from 'ws'

const identity = mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }), trust: 'loopback' })
const guard = requireIdentity(({ subject }) => subject.organization === 'Example')

/** @param {import('node:http').IncomingMessage} req */
const admit = async (req) => {
  await identity.identify(req)
  return guard.authorize(req)
}

/** @type {(socket: import('node:stream').Duplex, error: unknown) => void} */
const refuse = (socket, error) => {
  const status = error instanceof MtlsIdentityError ? error.status : 500
  if (status === 500) console.error(error)
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

const webSockets = new WebSocketServer({ noServer: true })
const server = createServer((_req, res) => {
  res.writeHead(426, { Connection: 'Upgrade', Upgrade: 'websocket' }).end()
})

server.on('upgrade', (req, socket, head) => {
  // The client may go away while it is being identified, and an error that nobody hears ends the process.
  socket.on('error', () => socket.destroy())
  admit(req).then(
    ({ subject }) =>
      webSockets.handleUpgrade(req, socket, head, (webSocket) => {
        webSocket.on('error', console.error)
        webSocket.send(`hello ${subject}`)
      }),
    (error) => refuse(socket, error),
  )
})

server.listen(process.env['PORT'] ?? 3000, () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  console.log(`http://localhost:${port}`)
})
