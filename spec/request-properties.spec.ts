import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import {
  expectExpressRequests,
  fieldsOf,
  linesOf,
  mayBeOfExpress,
  socketOf,
} from '../lib/request-properties.js'

const socket = new Socket()
const req = new IncomingMessage(socket)
req.headers = { host: 'origin.test' }
const withApplication = Object.assign(new IncomingMessage(socket), { app: {} })

/** In this order: whether there are requests of Express is said once in a process. */
describe.each([
  { when: 'before there are requests of Express', begin: () => undefined, isAnyWorthALook: false },
  { when: 'after', begin: expectExpressRequests, isAnyWorthALook: true },
])('$when', ({ begin, isAnyWorthALook }) => {
  beforeAll(begin)

  it('gives the properties of a request', () => {
    expect(socketOf(req)).toBe(socket)
    expect(fieldsOf(req)).toBe(req.headers)
    expect(linesOf(req)).toBe(req.rawHeaders)
  })

  it('finds a request worth a closer look that has an application', () => {
    expect(mayBeOfExpress(withApplication)).toBe(true)
    expect(mayBeOfExpress(req)).toBe(isAnyWorthALook)
  })
})
