import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import { connect, type AddressInfo, type Server } from 'node:net'
import type { FieldLines } from './raw-client.js'

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** What `look` finds on a request that a real HTTP/1.1 server has received with these fields. */
export const receive = async <T>(fields: FieldLines, look: (req: IncomingMessage) => T): Promise<T> => {
  const server = http.createServer()
  const socket = connect(await listen(server), '127.0.0.1')
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(`GET / HTTP/1.1\r\nHost: origin.test\r\n${lines}\r\n`)
  const [req] = (await once(server, 'request')) as [IncomingMessage]
  const found = look(req)
  socket.destroy()
  server.close()
  return found
}

/** The same over HTTP/2, with the request object that is compatible with HTTP/1.1. */
export const receiveHttp2 = async <T>(
  fields: Readonly<Record<string, string | string[]>>,
  look: (req: IncomingMessage) => T,
): Promise<T> => {
  const server = http2.createServer()
  const session = http2.connect(`http://127.0.0.1:${await listen(server)}`)
  const stream = session.request({ ':path': '/', ...fields }).on('error', () => undefined)
  const [req] = (await once(server, 'request')) as [IncomingMessage]
  const found = look(req)
  stream.close()
  session.destroy()
  server.close()
  return found
}
