import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.js'
import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'
import type { RedactionProfile } from './profile.js'
import type { RequestFacts } from './schema.js'
import { trackRoute } from './track-route.js'

/** A request, with what Express adds if it is there. */
export type AuditedRequest = IncomingMessage & { readonly ip?: string; readonly originalUrl?: string }

/** What is needed to say something about a request. */
export interface WatchSettings {
  readonly clock: Clock
  readonly profile: RedactionProfile
  readonly requestId: (req: IncomingMessage) => string
  readonly includeUrl: boolean
}

/** Takes down what is gone later, and returns a function that gives all the facts when the request is over. */
export const watchRequest = (
  req: AuditedRequest,
  res: ServerResponse,
  { clock, profile, requestId, includeUrl }: WatchSettings,
): (() => RequestFacts) => {
  const routeOf = trackRoute(req)
  const [timeMs, startMs] = [clock.now(), clock.monotonicMs()]
  const { method = '', url = '', originalUrl = url } = req
  const [peer, clientAddress] =
    profile === 'full' ? [req.socket.remoteAddress, req.ip].map(escapeAddress) : []
  return () => ({
    timeMs,
    id: escapeText(requestId(req)),
    method: escapeText(method),
    route: routeOf(),
    url: includeUrl ? escapeText(originalUrl, MAX_NAME_LENGTH) : undefined,
    status: res.headersSent ? res.statusCode : undefined,
    outcome: res.writableFinished ? 'finished' : 'aborted',
    durationMs: Math.round((clock.monotonicMs() - startMs) * 1_000) / 1_000,
    peer,
    clientAddress,
  })
}

const escapeAddress = (address: string | undefined): string | undefined => address && escapeText(address)

/** Calls back once, when the response has been handed over or the request has been given up. */
export const onceOver = (req: IncomingMessage, res: ServerResponse, callback: () => void): void => {
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    callback()
  }
  res.once('finish', end)
  res.once('close', end)
  // Of pipelined requests only the first has a response that hears of it when the connection ends.
  req.once('aborted', end)
}
