import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { toFieldLines } from './field-lines.js'
import { openOriginRequest } from './forward-request.js'
import type { Forwarding } from './forwarded-fields.js'
import { sendResponse, sendStatus } from './send-response.js'

/** Not `pipeline`: it would need more listeners on the client's socket than Node thinks sane. */
const tunnel = (socket: Socket, originSocket: Socket): void => {
  originSocket.on('error', () => undefined)
  for (const [from, to] of [
    [socket, originSocket],
    [originSocket, socket],
  ] as const) {
    from.pipe(to)
    from.on('close', () => {
      to.destroySoon()
    })
  }
}

const switchingProtocols = (originResponse: IncomingMessage): string => {
  const lines = toFieldLines(originResponse.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`
}

/** Answers an upgrade in plain HTTP, after which the connection ends. */
export function createUpgradeResponse(request: IncomingMessage): ServerResponse {
  const { socket } = request
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.on('finish', () => socket.end())
  socket.on('error', () => undefined)
  return response
}

/** Forwards an upgrade (RFC 9110 section 7.8) over an origin connection of its own, then everything after it. */
export function forwardUpgrade(forwarding: Forwarding, response: ServerResponse, head: Buffer): void {
  const { request } = forwarding
  const { socket } = request
  const upgrade = ['Connection', 'Upgrade', 'Upgrade', String(request.headers.upgrade)]
  const originRequest = openOriginRequest(forwarding, false, upgrade)
  originRequest.on('upgrade', (originResponse, originSocket, originHead) => {
    response.detachSocket(socket)
    socket.write(switchingProtocols(originResponse), 'latin1')
    socket.write(originHead)
    originSocket.write(head)
    tunnel(socket, originSocket)
  })
  originRequest.on('response', (originResponse) => {
    sendResponse(response, originResponse)
  })
  originRequest.on('error', () => {
    sendStatus(response, 502)
  })
  socket.on('close', () => originRequest.destroy())
  originRequest.end()
}
