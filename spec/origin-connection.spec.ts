import type { IncomingMessage } from 'node:http'
import { originConnection } from '../lib/origin-connection.js'
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
