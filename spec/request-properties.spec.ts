import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expectExpressRequests, fieldsOf, linesOf, socketOf } from '../lib/request-properties.js'

describe('the properties of a request', () => {
  const socket = new Socket()
  const req = new IncomingMessage(socket)
  req.headers = { host: 'origin.test' }

  it.each([
    ['before', () => undefined],
    ['after', expectExpressRequests],
  ])('are the same %s there are requests of Express', (_when, begin) => {
    begin()
    expect(socketOf(req)).toBe(socket)
    expect(fieldsOf(req)).toBe(req.headers)
    expect(linesOf(req)).toBe(req.rawHeaders)
  })
})
