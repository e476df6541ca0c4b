import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { MintedCertificate, TestEdge } from 'mtls-identity/testing'
import { alice, mallory } from './support/certificates.js'
import { credentials } from './support/clients.js'
import { closed } from './support/events.js'
import { useStage } from './support/stage.js'

const stage = useStage()

const UPGRADE =
  'GET /chat HTTP/1.1\r\nHost: edge\r\nConnection: Upgrade, X-Hop\r\nUpgrade: websocket\r\nX-Hop: 1\r\n\r\n'
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

const open = (edge: TestEdge, minted?: MintedCertificate, early = ''): TLSSocket => {
  const socket = connectTls({ port: edge.port, ...credentials(edge, minted) })
  socket.on('error', () => undefined)
  socket.write(UPGRADE + early)
  return socket
}

/** Resolves to what has arrived once it is as long as this. */
const received = (socket: TLSSocket, { length }: string): Promise<string> =>
  new Promise((resolve) => {
    let soFar = ''
    const listener = (chunk: Buffer): void => {
      soFar += chunk.toString()
      if (soFar.length < length) return
      socket.off('data', listener)
      resolve(soFar)
    }
    socket.on('data', listener)
  })

type Upgrade = [request: IncomingMessage, socket: Socket, head: Buffer]

/** Answers every upgrade with what it was sent, from its first octet on. */
const echoUpgrades = (origin: Server): void => {
  origin.on('upgrade', (...[, socket, head]: Upgrade) => {
    socket.write(`${SWITCH}welcome `)
    socket.write(head)
    socket.pipe(socket)
  })
}

describe('an upgrade', () => {
  it('is answered as the origin answers, then tunnelled, with what either side sent ahead', async () => {
    const { edge, origin } = await stage()
    echoUpgrades(origin)
    const socket = open(edge, alice, 'early ')
    const answer = `${SWITCH}welcome early `
    expect(await received(socket, answer)).toBe(answer)
    socket.write('late')
    expect(await received(socket, 'late')).toBe('late')
    socket.destroy()
  })

  it('carries the certificate as any first request does, and no field of the next hop', async () => {
    const { edge, origin } = await stage()
    const upgraded = once(origin, 'upgrade')
    const socket = open(edge, alice)
    const [request, originSocket] = (await upgraded) as Upgrade
    expect(request.headers).toMatchObject({
      host: 'edge',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'cf-client-cert-sha256': alice.thumbprint,
      'cf-client-cert-der-base64': Buffer.from(alice.der).toString('base64'),
    })
    expect(request.headers).not.toHaveProperty('x-hop')
    originSocket.destroy()
    await once(socket.resume(), 'close')
  })

  it.each(['pooled', 'one-to-one'] as const)(
    'has an origin connection of its own: %s',
    async (originConnections) => {
      const { edge, origin, client } = await stage({ originConnections, maxOriginConnections: 1 })
      echoUpgrades(origin)
      const socket = open(edge, alice)
      await once(socket, 'data')
      await expect(client(alice).send()).resolves.toMatchObject({ status: 200 })
      socket.destroy()
    },
  )

  it('is answered as the origin answers that refuses it', async () => {
    const { edge } = await stage({
      listener: (_request, response) => {
        response.writeHead(426, { 'X-Why': 'because' }).end('no')
      },
    })
    const answer = await text(open(edge, alice))
    expect(answer).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/)
    expect(answer).toContain('X-Why: because\r\n')
    expect(answer).toContain('Connection: close\r\n')
    expect(answer).toContain('\r\n\r\n2\r\nno\r\n0\r\n\r\n')
  })

  it('is answered 502 when there is no origin', async () => {
    const { edge, origin } = await stage()
    origin.on('upgrade', (_request, socket: Socket) => socket.destroy())
    expect(await text(open(edge, alice))).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
  })

  it('is answered 403 by an edge that enforces, if the certificate does not verify', async () => {
    const { edge } = await stage({ enforce: true })
    expect(await text(open(edge, mallory))).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
  })

  it('ends at the origin when the client goes away before the answer', async () => {
    const { edge, origin } = await stage()
    const upgraded = once(origin, 'upgrade')
    const socket = open(edge, alice)
    const [, originSocket] = (await upgraded) as Upgrade
    const gone = closed(originSocket.resume())
    originSocket.on('end', () => originSocket.end())
    socket.destroy()
    await expect(gone).resolves.toBeUndefined()
  })

  it.each<[string, (sides: { tcp: Socket; originSocket: Socket; edge: TestEdge }) => unknown]>([
    ['the client goes away', ({ tcp }) => tcp.destroy()],
    ['the client resets its connection', ({ tcp }) => tcp.resetAndDestroy()],
    ['the origin goes away', ({ originSocket }) => originSocket.destroy()],
    ['the origin resets its connection', ({ originSocket }) => originSocket.resetAndDestroy()],
    ['the edge closes', ({ edge }) => edge.close()],
  ])('ends on both sides when %s', async (_what, end) => {
    const { edge, origin } = await stage()
    echoUpgrades(origin)
    const upgraded = once(origin, 'upgrade')
    const tcp = connectTcp(edge.port, '127.0.0.1')
    const socket = connectTls({ socket: tcp, ...credentials(edge, alice) })
    socket.write(UPGRADE)
    const [, originSocket] = (await upgraded) as Upgrade
    await once(socket, 'data')
    const ended = Promise.all([closed(socket), closed(originSocket)])
    await end({ tcp, originSocket, edge })
    await expect(ended).resolves.toHaveLength(2)
  })
})
