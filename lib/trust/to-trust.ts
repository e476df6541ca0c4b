import type { IncomingMessage } from 'node:http'
import { peers } from './peers.js'
import type { Trust } from './trust.js'

/**
 * Says which peers are the edge: a list of addresses as `peers()` takes it, a trust, or a function of the
 * request, of which only `true` itself believes.
 */
export type TrustOption = string | readonly string[] | Trust | ((req: IncomingMessage) => boolean)

/** The trust that an option stands for. Anything else is a `TypeError` that names the option. */
export const toTrust = (trust: TrustOption, option: string): Trust => {
  if (typeof trust === 'function') return strictly(trust)
  if (typeof trust === 'string' || trust instanceof Array) return peers(trust)
  if (isTrust(trust)) return { fields: trust.fields ?? [], ...strictly((req) => trust.isEdge(req)) }
  throw new TypeError(
    `${option} must be a list of addresses, a trust from 'mtls-identity/trust', or a function of the request`,
  )
}

/** The trusts that several options stand for. None at all is a `TypeError`. */
export const toTrusts = (trusts: readonly TrustOption[], owner: string): readonly Trust[] => {
  if (trusts.length === 0) throw new TypeError(`${owner} must be given at least one trust`)
  return trusts.map((trust, index) => toTrust(trust, `${owner}[${index}]`))
}

/** What is truthy but not `true`, such as a promise, is no word on which to believe anybody. */
const strictly = (isEdge: (req: IncomingMessage) => unknown): Trust => ({
  isEdge: (req) => isEdge(req) === true,
})

const isTrust = (trust: unknown): boolean =>
  typeof trust === 'object' && trust !== null && typeof Reflect.get(trust, 'isEdge') === 'function'
