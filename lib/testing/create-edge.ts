import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Server } from 'node:tls'
import { createEdgeCertificate } from './edge-certificate.js'
import type { EdgeOptions } from './edge-options.js'
import { createEdgeServer } from './edge-server.js'
import { createOriginPool } from './origin-pool.js'
import { resolveEdgeOptions } from './resolve-edge-options.js'

/** A running edge. */
export interface TestEdge {
  /** `https://localhost:` and the port. */
  readonly url: string
  readonly port: number
  /** PEM of the authority that clients are to trust. */
  readonly ca: string
  /** Ends every connection, on both sides. Can be called again. */
  readonly close: () => Promise<void>
}

const trackConnections = (server: Server): ReadonlySet<Socket> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}

/**
 * Starts an edge on a free port of 127.0.0.1: it terminates mutual TLS and forwards to the origin over
 * plain HTTP/1.1, as Cloudflare does. A wrong option is a `TypeError`. It retries nothing.
 */
export async function createEdge(options: EdgeOptions): Promise<TestEdge> {
  const settings = resolveEdgeOptions(options)
  const certificate = options.certificate ?? createEdgeCertificate()
  const pool = createOriginPool(settings)
  const server = createEdgeServer(settings, certificate, pool)
  const sockets = trackConnections(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const shutDown = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
    pool.destroy()
  }
  let closing: Promise<void> | undefined
  return { url: `https://localhost:${port}`, port, ca: certificate.ca, close: () => (closing ??= shutDown()) }
}
