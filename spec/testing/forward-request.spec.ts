import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { constants } from 'node:http2'
import https from 'node:https'
import { randomBytes } from 'node:crypto'
import { connect as connectTls } from 'node:tls'
import { alice } from './support/certificates.js'
import { connectHttp2, credentials, openSession, PROTOCOLS } from './support/clients.js'
import { echoBody } from './support/echo.js'
import { closed } from './support/events.js'
import { resetStream, unfinishedPost } from './support/http2-frames.js'
import { useStage } from './support/stage.js'

const stage = useStage()

type Arrival = [request: IncomingMessage, response: ServerResponse]

const silent: RequestListener = () => undefined

describe.each(PROTOCOLS)('forwarding over %s', (_protocol, connect) => {
  it('streams a body of 1 MB there and back', async () => {
    const { client } = await stage({ listener: echoBody })
    const body = randomBytes(512 * 1024).toString('hex')
    const answer = await client(alice, connect).send({ method: 'PUT', body })
    expect(answer.body === body).toBe(true)
  })

  it('passes status and repeated fields on', async () => {
    const { client } = await stage({
      listener: (_request, response) => {
        response.writeHead(418, { 'Set-Cookie': ['a=1', 'b=2'], 'X-One': '1' }).end('short and stout')
      },
    })
    const answer = await client(alice, connect).send()
    expect(answer).toMatchObject({ status: 418, body: 'short and stout' })
    expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-one': '1' })
  })

  it.each(['HEAD', 'POST'])('passes a %s without a body on', async (method) => {
    const { client } = await stage({
      listener: (request, response) => {
        response.setHeader('X-Method', String(request.method))
        response.end()
      },
    })
    const caller = client(alice, connect)
    const answers = [await caller.send({ method }), await caller.send({ method })]
    expect(answers.map(({ headers }) => headers['x-method'])).toEqual([method, method])
  })

  it('answers 502 when there is no origin', async () => {
    const { client, origin } = await stage()
    const gone = closed(origin)
    origin.close()
    await gone
    const caller = client(alice, connect)
    const answers = [await caller.send(), await caller.send({ method: 'POST', body: 'x'.repeat(100_000) })]
    expect(answers.map(({ status }) => status)).toEqual([502, 502])
    origin.listen(0)
  })

  it('answers 502 when the origin hangs up', async () => {
    const { client } = await stage({ listener: (request) => request.socket.destroy() })
    await expect(client(alice, connect).send()).resolves.toMatchObject({ status: 502 })
  })

  it('answers 502 when the origin switches protocols unasked', async () => {
    const { client } = await stage({
      listener: (request) => {
        request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
      },
    })
    await expect(client(alice, connect).send()).resolves.toMatchObject({ status: 502 })
  })

  it.each([
    ['ends', 'destroy'],
    ['resets', 'resetAndDestroy'],
  ] as const)('breaks the answer off when the origin %s its connection', async (_what, end) => {
    const { client } = await stage({
      listener: (request, response) => {
        response.write('half of it', () => request.socket[end]())
      },
    })
    await expect(client(alice, connect).send()).rejects.toThrow(/aborted|NGHTTP2/)
  })

  it('goes on after an answer that came before the end of the body', async () => {
    const { client } = await stage({
      listener: (_request, response) => {
        response.writeHead(413).end()
      },
    })
    const caller = client(alice, connect)
    const body = randomBytes(1024 * 1024)
    const answers = [await caller.send({ method: 'POST', body }), await caller.send({ method: 'POST', body })]
    expect(answers.map(({ status }) => status)).toEqual([413, 413])
  })

  it.each([
    ['before the answer', silent],
    ['in the middle of the answer', (_request, response) => response.write('half of it')],
  ] satisfies [string, RequestListener][])(
    'ends the origin’s side when the client goes away %s',
    async (_when, listener) => {
      const { client, origin } = await stage({ listener })
      const caller = client(alice, connect)
      const arrived = once(origin, 'request')
      const answer = expect(caller.send()).rejects.toThrow()
      const [request] = (await arrived) as Arrival
      const gone = closed(request)
      caller.close()
      await gone
      await answer
      expect(request.destroyed).toBe(true)
    },
  )
})

describe('forwarding an unfinished body', () => {
  it('ends the origin’s side when a client of HTTP/1.1 goes away', async () => {
    const { edge, origin } = await stage({ listener: (request) => request.resume() })
    const arrived = once(origin, 'request')
    const request = https.request(edge.url, { method: 'POST', ...credentials(edge, alice) })
    request.on('error', () => undefined)
    request.write('half of it')
    const [originRequest] = (await arrived) as Arrival
    const gone = closed(originRequest)
    request.destroy()
    await gone
    expect(originRequest.complete).toBe(false)
  })

  it.each([
    ['NO_ERROR', constants.NGHTTP2_NO_ERROR],
    ['CANCEL', constants.NGHTTP2_CANCEL],
  ])('ends the origin’s side when a client of HTTP/2 resets the stream with %s', async (_name, code) => {
    const { edge, origin } = await stage({ listener: (request) => request.resume() })
    const arrived = once(origin, 'request')
    const socket = connectTls({ port: edge.port, ALPNProtocols: ['h2'], ...credentials(edge) })
    socket.write(unfinishedPost('half of it'))
    const [originRequest] = (await arrived) as Arrival
    const gone = closed(originRequest)
    socket.write(resetStream(code))
    await gone
    expect(originRequest.complete).toBe(false)
    socket.destroy()
  })
})

describe('forwarding over HTTP/2', () => {
  it.each([
    ['a field that must not be repeated', 'HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n'],
    ['a status out of range', 'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n'],
  ])('answers 502 for what cannot be said there: %s', async (_what, head) => {
    const { client } = await stage({ listener: (request) => request.socket.end(head) })
    await expect(client(alice, connectHttp2).send()).resolves.toMatchObject({ status: 502 })
  })

  it('answers 405 to CONNECT', async () => {
    const { edge } = await stage()
    const session = openSession(edge, alice)
    const stream = session.request({ ':method': 'CONNECT', ':authority': 'localhost:1' })
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
    expect(headers[':status']).toBe(405)
    session.destroy()
  })
})
