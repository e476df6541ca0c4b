import type { IncomingMessage } from 'node:http'
import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'

/** What Express has on a request about its route; `baseUrl` is the path where the router is mounted. */
interface Routed {
  readonly baseUrl?: string
}

interface Route {
  readonly path: unknown
}

/**
 * Follows which route of Express answers a request, and returns a function that gives its pattern, such as
 * `/users/:id`. The path of the router that the route is in is remembered when the route is chosen: error
 * handlers run when Express has taken it away again.
 */
export const trackRoute = (req: IncomingMessage & Routed): (() => string | undefined) => {
  let route: Route | undefined
  let baseUrl = ''
  Object.defineProperty(req, 'route', {
    configurable: true,
    enumerable: true,
    get: () => route,
    set(chosen: Route | undefined) {
      route = chosen
      baseUrl = req.baseUrl ?? ''
    },
  })
  return () => route && escapeText(baseUrl + String(route.path), MAX_NAME_LENGTH)
}
