import type { IncomingMessage } from 'node:http'
import { systemClock, type Clock } from './clock.js'
import { RequestContext, type MtlsContext } from './context.js'
import { MtlsIdentityError } from './errors.js'
import { createEmptyContext } from './judge.js'
import { resolveOptions, type MtlsIdentityOptions } from './options.js'
import { Recogniser } from './recogniser.js'
import { attachContext, contextOf, type RequestHandler } from './request.js'

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
  const settings = resolveOptions(options)
  const recogniser = new Recogniser(settings, clock)

  const identify = (req: IncomingMessage): MtlsContext => {
    const known = contextOf(req)
    // Mounted twice, or asked again: the fields may be gone, and the request has been counted.
    if (known instanceof RequestContext && known.isBy(recogniser)) return known
    return attachContext(req, new RequestContext(recogniser, recogniseOrRefuse(req)))
  }

  const recogniseOrRefuse = (req: IncomingMessage): MtlsContext => {
    try {
      return recogniser.recognise(req)
    } catch (error) {
      if (!(error instanceof MtlsIdentityError)) throw error
      const refused = createEmptyContext(error.code)
      if (settings.onInvalid === 'ignore') return refused
      attachContext(req, refused)
      throw error
    }
  }

  const mtlsIdentityMiddleware: RequestHandler = (req, _res, next) => {
    try {
      identify(req)
    } catch (error) {
      next(error)
      return
    }
    next()
  }
  return Object.assign(mtlsIdentityMiddleware, {
    identify: (req: IncomingMessage) =>
      new Promise<MtlsContext>((resolve) => {
        resolve(identify(req))
      }),
  })
}
