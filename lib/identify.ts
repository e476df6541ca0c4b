import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock.js'
import { RequestContext, type MtlsContext } from './context.js'
import { MtlsIdentityError, type MtlsIdentityErrorCode } from './errors.js'
import { publishRecognition, publishUntrustedPeer } from './events/publish-recognition.js'
import { publishRefusal } from './events/publish-refusal.js'
import { createEmptyContext, UNTRUSTED_PEER } from './judge.js'
import type { MaybePromise } from './maybe-promise.js'
import type { MtlsIdentityOptions } from './options.js'
import { Recogniser } from './recogniser.js'
import { attachContext, keeperOf, keptContext, type ContextKeeper } from './request.js'
import { resolveOptions } from './resolve-options.js'

/** Says who a request is from, and attaches that to it. Throws or rejects where the request is refused. */
export type Identify = (req: IncomingMessage) => MaybePromise<MtlsContext>

/** Makes an `Identify` with a memory of its own. Throws a `TypeError` for a wrong option. */
export const createIdentify = (options: MtlsIdentityOptions, clock: Clock): Identify => {
  const settings = resolveOptions(options)
  const recogniser = new Recogniser(settings, clock)
  const refuse = settings.onInvalid === 'reject' ? rejecting : ignoring(recogniser)

  const conclude = (req: IncomingMessage, keeper: ContextKeeper, found: RequestContext): MtlsContext => {
    const context = attachContext(keeper, found)
    // Another middleware, for another edge, has told of the request.
    if (context !== found) return context
    if (found.problems === UNTRUSTED_PEER.problems) publishUntrustedPeer(req)
    else publishRecognition(req, context)
    return context
  }

  return (req) => {
    const keeper = keeperOf(req)
    const known = keptContext(keeper)
    // Mounted twice, or asked again: the fields may be gone, and the request has been counted.
    if (known instanceof RequestContext && known.isBy(recogniser)) return known
    let found
    try {
      found = recogniser.recognise(req)
    } catch (error) {
      return refuse(req, keeper, error)
    }
    if (!(found instanceof Promise)) return conclude(req, keeper, found)
    return found.then(
      (context) => conclude(req, keeper, context),
      (error: unknown) => refuse(req, keeper, error),
    )
  }
}

type Refuse = (req: IncomingMessage, keeper: ContextKeeper, error: unknown) => MtlsContext

const rejecting: Refuse = (req, keeper, error) => {
  const code = codeOf(error)
  // The error handling that comes next finds a context, as everything after this middleware does.
  attachContext(keeper, createEmptyContext(code))
  publishRefusal(req, code)
  throw error
}

const ignoring =
  (recogniser: Recogniser): Refuse =>
  (req, keeper, error) => {
    const code = codeOf(error)
    const found = new RequestContext(recogniser, createEmptyContext(code))
    const context = attachContext(keeper, found)
    publishRefusal(req, code)
    return context
  }

/** The code of an error of this package; any other error goes on to whoever asked. */
const codeOf = (error: unknown): MtlsIdentityErrorCode => {
  if (error instanceof MtlsIdentityError) return error.code
  throw error
}
