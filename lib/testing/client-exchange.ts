import { IncomingMessage } from 'node:http'
import type { Http2ServerRequest, ServerHttp2Session } from 'node:http2'
import type { Writable } from 'node:stream'

/** A request over HTTP/2; one that has just arrived still has its session. */
export type Http2Request = Http2ServerRequest & { readonly stream: { readonly session: ServerHttp2Session } }

/** A request as a client made it, in either version of HTTP. */
export type ClientRequest = IncomingMessage | Http2Request

/** What the edge needs of the response to its client, in either version of HTTP. */
export interface ClientResponse extends Writable {
  readonly headersSent: boolean
  getHeaderNames(): string[]
  setHeader(name: string, value: string | readonly string[]): unknown
  removeHeader(name: string): unknown
  writeHead(statusCode: number): unknown
}

/** Whether the request came over HTTP/2. */
export function isHttp2(request: ClientRequest): request is Http2Request {
  return !(request instanceof IncomingMessage)
}
