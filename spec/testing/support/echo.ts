import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the origin saw of a request. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly lines: [name: string, value: string][]
  /** The edge's port: tells origin connections apart. */
  readonly port: number
}

/** Answers with what the origin saw. */
export const echo = (request: IncomingMessage, response: ServerResponse): void => {
  const { method, url, rawHeaders, socket } = request
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []))
  request.resume()
  response.end(JSON.stringify({ method, url, lines, port: socket.remotePort }))
}

/** Answers with the body of the request. */
export const echoBody = (request: IncomingMessage, response: ServerResponse): void => {
  request.pipe(response)
}

/** Every value of a field, in order. */
export const valuesOf = (seen: Seen, name: string): string[] =>
  seen.lines.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
