import type { IncomingMessage } from 'node:http'
import type { ClientIdentity } from '../certificate/client-identity.js'
import type { MtlsIdentityErrorCode } from '../errors.js'
import { contextOf, type RequestHandler } from '../request.js'
import { deny } from './deny.js'
import { resolveExceptions, type IdentityExceptions } from './exceptions.js'

/** A request as a policy sees it: after `mtlsIdentity()`. */
export type IdentifiedRequest = IncomingMessage & Express.Request

/**
 * Says whether a client may pass. Only `true` itself lets it through; a promise is awaited, and what is
 * thrown or rejected goes to Express's error handling.
 */
export type IdentityPolicy = (
  identity: ClientIdentity,
  req: IdentifiedRequest,
) => boolean | PromiseLike<boolean>

/** What `requireIdentity()` returns. */
export interface IdentityGuard extends RequestHandler {
  /** The same for a request that never meets Express: resolves to the identity that may pass, or rejects. */
  authorize(req: IncomingMessage): Promise<ClientIdentity>
}

/**
 * Express middleware that lets a request pass only with an identity, an empty list of problems, and a
 * policy (if there is one) that returns exactly `true`. Any other request goes to Express's error handling
 * with a `MtlsIdentityError` of status 403. Responses are kept out of shared caches by
 * `Cache-Control: private` (RFC 9440 section 3.4), unless a handler sets that field itself. Throws a
 * `TypeError` for a policy that is no function: an empty policy is a mistake, not a permission.
 */
export const requireIdentity = (
  ...args: readonly [] | readonly [policy: IdentityPolicy, exceptions?: IdentityExceptions]
): IdentityGuard => {
  const [policy, exceptions = {}] = args.length === 0 ? [allowAnyIdentity] : args
  assertPolicy(policy)
  const overlooked = resolveExceptions(exceptions)

  const authorize = async (req: IncomingMessage): Promise<ClientIdentity> => {
    const identity = acceptableIdentity(req, overlooked)
    const decision: unknown = await policy(identity, req as IdentifiedRequest)
    if (decision !== true) throw deny(req, 'ERR_MTLS_POLICY_DENIED')
    return identity
  }

  const requireIdentityMiddleware: RequestHandler = (req, res, next) => {
    res.setHeader('Cache-Control', 'private')
    const pass = (): void => {
      next()
    }
    const refuse = (reason: unknown): void => {
      next(asError(reason, req))
    }
    authorize(req).then(pass, refuse)
  }
  return Object.assign(requireIdentityMiddleware, { authorize })
}

const allowAnyIdentity: IdentityPolicy = () => true

const assertPolicy = (policy: unknown): void => {
  if (typeof policy !== 'function') throw new TypeError('requireIdentity(policy) must be given a function')
}

const acceptableIdentity = (
  req: IncomingMessage,
  overlooked: ReadonlySet<MtlsIdentityErrorCode>,
): ClientIdentity => {
  const context = contextOf(req)
  if (context === undefined) throw new TypeError('mtlsIdentity() must come before requireIdentity()')
  const problem = context.problems.find((code) => !overlooked.has(code))
  if (problem !== undefined) throw deny(req, problem)
  if (context.identity === undefined) throw deny(req, 'ERR_MTLS_IDENTITY_REQUIRED')
  return context.identity
}

/** Express takes `next(undefined)` for "go on" and `next('router')` for "skip": a refusal is neither. */
const asError = (reason: unknown, req: IncomingMessage): Error =>
  reason instanceof Error ? reason : deny(req, 'ERR_MTLS_POLICY_DENIED')
