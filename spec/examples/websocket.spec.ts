import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { WebSocket, type ClientOptions } from 'ws'
import type { MintedCertificate } from 'mtls-identity/testing'
import { authority, connect, credentials, useExample } from './support/example-stage.js'

const member = authority.issue({ subject: { organization: 'Example', commonName: 'alice' } })
const stranger = authority.issue({ subject: { organization: 'Elsewhere', commonName: 'alice' } })

describe('examples/websocket', () => {
  const stage = useExample('websocket', { clientFields: 'pass' })

  const open = (minted?: MintedCertificate, headers: ClientOptions['headers'] = {}): WebSocket =>
    new WebSocket(`wss://localhost:${stage.edge.port}`, { ...credentials(stage.edge, minted), headers })

  const greeting = async (minted: MintedCertificate): Promise<string> => {
    const webSocket = open(minted)
    const [message] = (await once(webSocket, 'message')) as [Buffer]
    webSocket.close()
    await once(webSocket, 'close')
    return message.toString()
  }

  it('greets the right client by name', async () => {
    expect(await greeting(member)).toBe('hello CN=alice,O=Example')
  })

  it.each([
    ['another client', stranger, {}, 403],
    ['a client without a certificate', undefined, {}, 403],
    ['a malformed field', undefined, { 'Cf-Client-Cert-Sha256': 'x' }, 400],
  ])('refuses %s', async (_, client, headers, status) => {
    const webSocket = open(client, headers)
    const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, IncomingMessage]
    expect(response.statusCode).toBe(status)
    response.resume()
    await once(response, 'end')
  })

  it('asks for an upgrade where there is none', async () => {
    const { status } = await connect(stage.edge, member)('/')
    expect(status).toBe(426)
  })

  it('goes on when a client goes away before it is answered', async () => {
    const { hostname, port } = new URL(stage.origin)
    const socket = connectTcp({ host: hostname, port: Number(port) })
    await once(socket, 'connect')
    socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    socket.resetAndDestroy()
    expect(await greeting(member)).toBe('hello CN=alice,O=Example')
  })
})
