import type { IncomingMessage } from 'node:http'

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
