import type { IncomingMessage, ServerResponse } from 'node:http'
import type { X509Certificate } from './certificate/x509.js'
import type { MtlsContext } from './context.js'

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

/**
 * Attaches a context to a request, as `req.mtls` and `req.clientCertificate`. Where two middlewares for two
 * edges see the same request, the one whose edge it does not come from leaves the `other`'s context alone.
 */
export const attachContext = (
  req: IncomingMessage,
  context: MtlsContext,
  other?: MtlsContext,
): MtlsContext => {
  if (other !== undefined && context.problems.includes('ERR_MTLS_UNTRUSTED_PEER')) return other
  if (other === undefined) offerCertificate(req)
  ;(req as IncomingMessage & MtlsRequest).mtls = context
  return context
}

const ACCESSOR: PropertyDescriptor & ThisType<IncomingMessage> = {
  configurable: true,
  enumerable: true,
  get() {
    return contextOf(this)?.identity?.certificate
  },
}

/**
 * An Express application has a prototype of its own for its requests, where the accessor is defined once.
 * Any other request gets one itself, for its prototype belongs to Node.
 */
const offerCertificate = (req: IncomingMessage & { readonly app?: { readonly request?: object } }): void => {
  const prototype = Object.getPrototypeOf(req) as object
  if (Object.hasOwn(prototype, 'clientCertificate')) return
  Reflect.defineProperty(req.app?.request === prototype ? prototype : req, 'clientCertificate', ACCESSOR)
}
