import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { alice, bob } from './support/certificates.js'
import { connectHttp2, PROTOCOLS } from './support/clients.js'
import { echo } from './support/echo.js'
import { see, useStage } from './support/stage.js'

const stage = useStage()

describe.each(PROTOCOLS)('originConnections over %s', (_protocol, connect) => {
  it('are shared by clients when pooled', async () => {
    const { client } = await stage({ maxOriginConnections: 1 })
    const seen = [await see(client(alice, connect)), await see(client(bob, connect)), await see(client())]
    expect(new Set(seen.map(({ port }) => port)).size).toBe(1)
  })

  it('are not shared by clients when one-to-one', async () => {
    const { client } = await stage({ originConnections: 'one-to-one' })
    const callers = [client(alice, connect), client(bob, connect)]
    const ports = []
    for (const caller of [...callers, ...callers]) ports.push((await see(caller)).port)
    expect(new Set(ports).size).toBe(2)
    expect(ports.slice(2)).toEqual(ports.slice(0, 2))
  })

  it('end with the client connection when one-to-one', async () => {
    const { client, origin } = await stage({ originConnections: 'one-to-one' })
    const connected = once(origin, 'connection')
    const caller = client(alice, connect)
    await see(caller)
    const [socket] = (await connected) as [Socket]
    const closed = once(socket, 'close')
    caller.close()
    await expect(closed).resolves.toEqual([false])
  })
})

describe('originConnections', () => {
  it.each([
    ['pooled', 2],
    ['one-to-one', 1],
  ] as const)('are few, whatever the number of parallel streams: %s', async (originConnections, wanted) => {
    const { client } = await stage({ originConnections })
    const caller = client(alice, connectHttp2)
    const seen = await Promise.all(Array.from({ length: 12 }, () => see(caller)))
    expect(new Set(seen.map(({ port }) => port)).size).toBe(wanted)
  })

  it.each(['pooled', 'one-to-one'] as const)(
    'are all ended by close, although requests wait for one: %s',
    async (originConnections) => {
      const waiting: ServerResponse[] = []
      const { client, edge, origin } = await stage({
        originConnections,
        maxOriginConnections: 1,
        listener: (_request, response) => waiting.push(response),
      })
      const open = new Set<Socket>()
      origin.on('connection', (socket) => {
        open.add(socket)
        socket.on('close', () => open.delete(socket))
      })
      const arrived = once(origin, 'request')
      const caller = client(alice, connectHttp2)
      const answers = Promise.allSettled(Array.from({ length: 3 }, () => caller.send()))
      await arrived
      await edge.close()
      expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
      await Promise.all([...open].map((socket) => once(socket, 'close')))
      expect(waiting).toHaveLength(1)
    },
  )

  it('are opened anew when the origin has ended one', async () => {
    const { client, origin } = await stage({
      originConnections: 'one-to-one',
      listener: (request, response) => {
        response.setHeader('Connection', 'close')
        echo(request, response)
      },
    })
    const caller = client(alice)
    const [first, second] = [await see(caller), await see(caller)]
    expect(first.port).not.toBe(second.port)
    expect(origin.listening).toBe(true)
  })
})
