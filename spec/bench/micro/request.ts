import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import express from 'express'
import type { Wire } from './wire.js'

/** What the parser of `node:http` calls; it keeps the lines, and builds `headers` when they are asked for. */
interface Parsed {
  _addHeaderLines(lines: readonly string[], count: number): void
}

/** An origin connection from an address of Cloudflare's. */
export const createSocket = (): Socket =>
  Object.defineProperty(new Socket(), 'remoteAddress', { value: '173.245.48.7' })

/**
 * A request as `node:http` makes it of header lines. Its server asks for `headers` itself, which builds them, before it
 * hands on a request.
 */
export const createRequest = (wire: Wire, socket: Socket): IncomingMessage => {
  const req = new IncomingMessage(socket)
  const lines = wire.read()
  ;(req as unknown as Parsed)._addHeaderLines(lines, lines.length)
  if (req.headers.host === undefined) throw new Error('A request has no host.')
  return Object.assign(req, {
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    httpVersion: '1.1',
    method: 'GET',
    url: '/',
    upgrade: false,
  })
}

/** Keeps what it gets. An Express application is a function of what `node:http` makes, whatever its types say. */
const application = express().use(() => undefined) as unknown as (
  req: IncomingMessage,
  res: ServerResponse,
  done: (error: unknown) => void,
) => void

/** A request as the first middleware of an Express application gets it. */
export const createExpressRequest = (wire: Wire, socket: Socket): IncomingMessage => {
  const req = createRequest(wire, socket)
  application(req, new ServerResponse(req), () => {
    throw new Error('Express has not handed on the request.')
  })
  return req
}
