import type { IncomingMessage, ServerResponse } from 'node:http'
import type { X509Certificate } from './certificate/x509.js'
import type { MtlsContext } from './context.js'
import { heldContext, holdContext } from './context-holder.js'
import { isExpressRequest } from './express-request.js'
import { linesOf } from './request-properties.js'

/** A middleware as Express, Connect and the like call it. */
export type RequestHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** What `mtlsIdentity()` adds to a request. */
export interface MtlsRequest {
  /** What is known about the client. */
  mtls: MtlsContext
  /** The client's certificate, parsed on first use, when there is an identity. Judge by `mtls.problems`. */
  readonly clientCertificate?: X509Certificate | undefined
}

declare global {
  // The way Express offers to add to its request type, without depending on its typings.
  namespace Express {
    interface Request extends MtlsRequest {}
  }
}

/** The context that a middleware attached to a request, `undefined` before that. */
export const contextOf = (req: IncomingMessage): MtlsContext | undefined =>
  (req as Partial<Express.Request>).mtls

/** What the context of a request is kept with: its header lines on Express, the request itself anywhere else. */
export type ContextKeeper = IncomingMessage | IncomingMessage['rawHeaders']

export const keeperOf = (req: IncomingMessage): ContextKeeper => (isExpressRequest(req) ? linesOf(req) : req)

/** The context that a middleware attached to a request, asked of its keeper. */
export const keptContext = (keeper: ContextKeeper): MtlsContext | undefined =>
  Array.isArray(keeper) ? heldContext(keeper) : contextOf(keeper)

/**
 * Attaches a context to a request, as `req.mtls` and `req.clientCertificate`. Where two middlewares for two
 * edges see the same request, the one whose edge it does not come from leaves the earlier context alone.
 */
export const attachContext = (keeper: ContextKeeper, context: MtlsContext): MtlsContext => {
  const earlier = keptContext(keeper)
  if (earlier !== undefined && context.problems.includes('ERR_MTLS_UNTRUSTED_PEER')) return earlier
  if (Array.isArray(keeper)) {
    holdContext(keeper, context, earlier)
    return context
  }
  // The prototype of any other request belongs to Node.
  const req = keeper as MutableRequest
  req.clientCertificate = context.identity?.certificate
  req.mtls = context
  return context
}

type MutableRequest = IncomingMessage & { -readonly [K in keyof MtlsRequest]?: MtlsRequest[K] }
