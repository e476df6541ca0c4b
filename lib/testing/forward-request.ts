import { type Agent, type ClientRequest as OriginRequest, request as openRequest } from 'node:http'
import { urlToHttpOptions } from 'node:url'
import { type ClientRequest, type ClientResponse, isHttp2 } from './client-exchange.js'
import { forwardedFields, type Forwarding } from './forwarded-fields.js'
import { sendResponse, sendStatus } from './send-response.js'

/** The origin's side of a request, with the method and target of the client's. `false`: a connection of its own. */
export function openOriginRequest(
  forwarding: Forwarding,
  agent: Agent | false,
  extraFields: readonly string[] = [],
): OriginRequest {
  const { request, settings } = forwarding
  return openRequest({
    ...urlToHttpOptions(settings.origin),
    agent,
    method: request.method,
    path: request.url,
    headers: [...forwardedFields(forwarding).flat(), ...extraFields],
  })
}

/** A stream that its client has reset with NO_ERROR ends as if the body were complete. */
const isCutOff = (request: ClientRequest): boolean => isHttp2(request) && request.stream.closed

/** Forwards one request and its answer; whichever side goes away takes the other along. */
export function forwardRequest(forwarding: Forwarding, response: ClientResponse, agent: Agent): void {
  const { request } = forwarding
  const originRequest = openOriginRequest(forwarding, agent)
  originRequest.on('response', (originResponse) => {
    sendResponse(response, originResponse)
  })
  originRequest.on('upgrade', (_originResponse, originSocket) => {
    originSocket.destroy()
    sendStatus(response, 502)
  })
  originRequest.on('error', () => {
    sendStatus(response, 502)
  })
  response.on('close', () => originRequest.destroy())
  // Not `pipeline`: it would end the client's connection before a 502 could be sent.
  request.pipe(originRequest, { end: false })
  // After `pipe`, which stops the request when the origin is gone: what is left of the body must be read.
  originRequest.on('close', () => request.resume())
  request.on('end', () => {
    if (isCutOff(request)) originRequest.destroy()
    else originRequest.end()
  })
}
