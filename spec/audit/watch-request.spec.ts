import type { IncomingMessage, ServerResponse } from 'node:http'
import { trackRoute } from '../../lib/audit/track-route.js'
import { watchRequest } from '../../lib/audit/watch-request.js'
import { TestClock } from '../support/test-clock.js'

interface Routed {
  route?: unknown
  baseUrl: string
}

/** A request with nothing but what is given. */
const bareRequest = (parts: object = {}): IncomingMessage & Routed =>
  ({ socket: {}, ...parts }) as unknown as IncomingMessage & Routed

describe('watchRequest', () => {
  it('makes do with a request that says nothing', () => {
    const clock = new TestClock()
    const res = { headersSent: false, writableFinished: false } as unknown as ServerResponse
    const settings = { clock, profile: 'full', requestId: () => '1', includeUrl: true } as const
    expect(watchRequest(bareRequest(), res, settings)()).toEqual({
      timeMs: clock.now(),
      id: '1',
      method: '',
      route: undefined,
      url: '',
      status: undefined,
      outcome: 'aborted',
      durationMs: 0,
      peer: undefined,
      clientAddress: undefined,
    })
  })
})

describe('trackRoute', () => {
  it('remembers where the router was mounted when the route was chosen', () => {
    const req = bareRequest({ baseUrl: '/admin' })
    const routeOf = trackRoute(req)
    expect(req.route).toBeUndefined()
    req.route = { path: '/:what' }
    req.baseUrl = ''
    expect(routeOf()).toBe('/admin/:what')
    expect(req.route).toEqual({ path: '/:what' })
  })

  it.each([
    [/^\/a\?$/, '/^\\\\/a\\\\?$/'],
    [['/a', '/b'], '/a,/b'],
  ])('writes a path that is no text', (path, route) => {
    const req = bareRequest()
    const routeOf = trackRoute(req)
    req.route = { path }
    expect(routeOf()).toBe(route)
  })

  it('forgets a route that Express takes away', () => {
    const req = bareRequest()
    const routeOf = trackRoute(req)
    req.route = { path: '/' }
    req.route = undefined
    expect(routeOf()).toBeUndefined()
  })
})
