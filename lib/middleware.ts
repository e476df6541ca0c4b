import type { IncomingMessage } from 'node:http'
import { systemClock, type Clock } from './clock.js'
import type { MtlsContext } from './context.js'
import { createIdentify } from './identify.js'
import type { MtlsIdentityOptions } from './options.js'
import type { RequestHandler } from './request.js'

/** What `mtlsIdentity()` returns. */
export interface MtlsIdentityMiddleware extends RequestHandler {
  /**
   * The same context for a request that never meets Express: a WebSocket upgrade, `node:http`,
   * `node:http2`. Attaches it to the request as well. Rejects with a `MtlsIdentityError` where the
   * middleware would hand one to Express.
   */
  identify(req: IncomingMessage): Promise<MtlsContext>
}

/**
 * Express middleware that says of every request from the edge which client certificate it belongs to, as
 * `req.mtls` and `req.clientCertificate`. It refuses what is malformed or forged, and judges nothing else:
 * access control is `requireIdentity()`'s job. Throws a `TypeError` for a wrong option.
 */
export const mtlsIdentity = (options: MtlsIdentityOptions = {}): MtlsIdentityMiddleware =>
  createMiddleware(options, systemClock)

/** `mtlsIdentity()` by another clock. */
export const createMiddleware = (options: MtlsIdentityOptions, clock: Clock): MtlsIdentityMiddleware => {
  const identify = createIdentify(options, clock)

  const mtlsIdentityMiddleware: RequestHandler = (req, _res, next) => {
    let context
    try {
      context = identify(req)
    } catch (error) {
      next(error)
      return
    }
    if (context instanceof Promise) proceed(context, next)
    else next()
  }
  return Object.assign(mtlsIdentityMiddleware, {
    identify: async (req: IncomingMessage): Promise<MtlsContext> => await identify(req),
  })
}

const proceed = (context: Promise<MtlsContext>, next: (error?: unknown) => void): void => {
  context.then(() => {
    next()
  }, next)
}
