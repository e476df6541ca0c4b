import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock.js'
import { RequestContext, type MtlsContext } from './context.js'
import { MtlsIdentityError } from './errors.js'
import { createEmptyContext } from './judge.js'
import type { MaybePromise } from './maybe-promise.js'
import type { MtlsIdentityOptions } from './options.js'
import { Recogniser } from './recogniser.js'
import { attachContext, contextOf } from './request.js'
import { resolveOptions } from './resolve-options.js'

/** Says who a request is from, and attaches that to it. Throws or rejects where the request is refused. */
export type Identify = (req: IncomingMessage) => MaybePromise<MtlsContext>

/** Makes an `Identify` with a memory of its own. Throws a `TypeError` for a wrong option. */
export const createIdentify = (options: MtlsIdentityOptions, clock: Clock): Identify => {
  const settings = resolveOptions(options)
  const recogniser = new Recogniser(settings, clock)
  const recognise = settings.onInvalid === 'reject' ? rejecting(recogniser) : ignoring(recogniser)

  const attach = (req: IncomingMessage, context: MtlsContext): MtlsContext =>
    attachContext(req, new RequestContext(recogniser, context))

  return (req) => {
    const known = contextOf(req)
    // Mounted twice, or asked again: the fields may be gone, and the request has been counted.
    if (known instanceof RequestContext && known.isBy(recogniser)) return known
    const context = recognise(req)
    return context instanceof Promise ? context.then((found) => attach(req, found)) : attach(req, context)
  }
}

const rejecting = (recogniser: Recogniser): Identify =>
  catching(recogniser, (error, req) => {
    // The error handling that comes next finds a context, as everything after this middleware does.
    attachContext(req, createEmptyContext(error.code))
    throw error
  })

const ignoring = (recogniser: Recogniser): Identify =>
  catching(recogniser, (error) => createEmptyContext(error.code))

const catching = (
  recogniser: Recogniser,
  refuse: (error: MtlsIdentityError, req: IncomingMessage) => MtlsContext,
): Identify => {
  const handle = (error: unknown, req: IncomingMessage): MtlsContext => {
    if (error instanceof MtlsIdentityError) return refuse(error, req)
    throw error
  }
  return (req) => {
    try {
      const context = recogniser.recognise(req)
      return context instanceof Promise ? context.catch((error: unknown) => handle(error, req)) : context
    } catch (error) {
      return handle(error, req)
    }
  }
}
