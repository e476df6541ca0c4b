import type { IncomingMessage } from 'node:http'
import { socketOf } from './request-properties.js'

/** What an HTTP/2 request has beside an `IncomingMessage`. */
interface OverHttp2 {
  readonly stream?: { readonly session?: object | undefined }
}

/**
 * The object that stands for the origin connection of a request: its socket, or over HTTP/2 its session
 * (where `req.socket` is another proxy object on every request).
 */
export const originConnection = (req: IncomingMessage & OverHttp2): object =>
  req.stream?.session ?? req.socket

/** Something of a request's origin connection, computed once and remembered for as long as that lives. */
export const perConnection = <T extends boolean | object>(
  compute: (req: IncomingMessage) => T,
): ((req: IncomingMessage) => T) => {
  const known = new WeakMap<object, T>()
  const computeOnce = (req: IncomingMessage): T => {
    const connection = originConnection(req)
    let value = known.get(connection)
    if (value === undefined) {
      value = compute(req)
      known.set(connection, value)
    }
    return value
  }
  // Over HTTP/1.1 the connection is the socket. Over HTTP/2 nothing is known of what is there in its place.
  return (req) => known.get(socketOf(req)) ?? computeOnce(req)
}
