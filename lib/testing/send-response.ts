import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream'
import type { ClientResponse } from './client-exchange.js'
import { endToEnd, toFieldLines } from './field-lines.js'

/** Answers with a status and nothing else; an answer that has already begun is broken off. */
export function sendStatus(response: ClientResponse, statusCode: number): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.writeHead(statusCode)
  response.end()
}

const writeHead = (response: ClientResponse, originResponse: IncomingMessage): void => {
  const lines = endToEnd(toFieldLines(originResponse.rawHeaders))
  for (const [name] of lines) {
    const same = lines.filter(([other]) => other.toLowerCase() === name.toLowerCase())
    response.setHeader(
      name,
      same.map(([, value]) => value),
    )
  }
  response.writeHead(Number(originResponse.statusCode))
}

/** Passes the origin's answer on, as fast as the client takes it; 502 for one that cannot be expressed. */
export function sendResponse(response: ClientResponse, originResponse: IncomingMessage): void {
  try {
    writeHead(response, originResponse)
  } catch {
    originResponse.destroy()
    sendStatus(response, 502)
    return
  }
  pipeline(originResponse, response, () => undefined)
}
