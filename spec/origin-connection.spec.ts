import type { IncomingMessage } from 'node:http'
import { originConnection, perConnection } from '../lib/origin-connection.js'
import { fakeRequest, loopbackSocket } from './support/fake-request.js'
import { receive, receiveHttp2 } from './support/receive.js'

describe('originConnection', () => {
  it('is the socket of an HTTP/1.1 request', async () => {
    expect(await receive([], (req) => originConnection(req) === req.socket)).toBe(true)
  })

  it('is the session of an HTTP/2 request, not its socket, which is another object each time', async () => {
    const isSession = await receiveHttp2({}, (req) => {
      const { stream } = req as IncomingMessage & { readonly stream: { readonly session: object } }
      return originConnection(req) === stream.session && originConnection(req) === originConnection(req)
    })
    expect(isSession).toBe(true)
  })

  it('is the socket where the session has gone', () => {
    const socket = {}
    const req = { socket, stream: { session: undefined } } as unknown as IncomingMessage
    expect(originConnection(req)).toBe(socket)
  })
})

const stream = (session?: object): IncomingMessage => Object.assign(fakeRequest(), { stream: { session } })

describe('perConnection', () => {
  it.each<[what: string, create: () => readonly IncomingMessage[], computations: number]>([
    [
      'the requests on one socket',
      () => [loopbackSocket()].flatMap((socket) => [0, 1].map(() => fakeRequest({ socket }))),
      1,
    ],
    ['each socket', () => [fakeRequest(), fakeRequest()], 2],
    [
      'the streams of one HTTP/2 session',
      () => [{}].flatMap((session) => [stream(session), stream(session)]),
      1,
    ],
    ['each HTTP/2 session', () => [stream({}), stream({})], 2],
    ['each stream whose session is gone', () => [stream(), stream()], 2],
  ])('computes once for %s', (_what, create, computations) => {
    const compute = jest.fn(() => ({}))
    create().forEach(perConnection(compute))
    expect(compute).toHaveBeenCalledTimes(computations)
  })

  it('computes again what has failed', () => {
    const compute = jest.fn(() => true)
    compute.mockImplementationOnce(() => {
      throw new Error('not yet')
    })
    const valueOf = perConnection(compute)
    const req = fakeRequest()
    expect(() => valueOf(req)).toThrow('not yet')
    expect(valueOf(req)).toBe(true)
  })
})
