import type { IncomingMessage } from 'node:http'
import { oncePerConnection, perConnection } from '../../lib/trust/trust.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'

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

describe('oncePerConnection', () => {
  it.each([true, false])('keeps to the verdict %s', (verdict) => {
    const isEdge = jest.fn(() => verdict)
    const trust = oncePerConnection(isEdge)
    const req = fakeRequest()
    expect([trust.isEdge(req), trust.isEdge(req)]).toEqual([verdict, verdict])
    expect(isEdge).toHaveBeenCalledTimes(1)
  })
})
