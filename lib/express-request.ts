import { IncomingMessage } from 'node:http'
import type { MtlsContext } from './context.js'
import { heldContext, holdContext } from './context-holder.js'
import { expectExpressRequests, linesOf, mayBeOfExpress } from './request-properties.js'

/**
 * Whether a request has `mtls` and `clientCertificate` from a prototype of Express's. Such a request has a hidden
 * class of its own in V8, which one more property would copy: that would cost more than all the rest that is
 * done for the request. So its context is held by its list of header lines, an array like any other that
 * belongs to this request alone, and the prototype shows it.
 */
export const isExpressRequest = (req: IncomingMessage): boolean => {
  if (!mayBeOfExpress(req)) return false
  const prototype = Object.getPrototypeOf(req) as object
  // A process seldom has requests of more than one kind.
  if (prototype !== latest.prototype) latest = look(prototype)
  return latest.isShowing
}

interface Looked {
  readonly prototype: object
  /** Whether requests with this prototype show the contexts that they hold. */
  readonly isShowing: boolean
}

let latest: Looked = { prototype: {}, isShowing: false }
const looked = new WeakMap<object, Looked>()

const look = (prototype: object): Looked => {
  const earlier = looked.get(prototype)
  if (earlier !== undefined) return earlier
  const now = { prototype, isShowing: showContexts(prototype) }
  looked.set(prototype, now)
  return now
}

/**
 * Every application of Express has a prototype of its own for its requests, and they have one in common. There a
 * request shows its context whichever application it is handed on to.
 */
const showContexts = (prototype: object & { readonly app?: { readonly request?: object } }): boolean => {
  if (prototype.app?.request !== prototype) return false
  expectExpressRequests()
  const common = commonPrototype(prototype)
  if (Object.getOwnPropertyDescriptor(common, 'mtls')?.get === SHOWN.mtls.get) return true
  // Another copy of this package has been here, or somebody else.
  if ('mtls' in common || 'clientCertificate' in common) return false
  Object.defineProperties(common, SHOWN)
  return true
}

/** The highest prototype that is Express's, and not Node's. */
const commonPrototype = (prototype: object): object => {
  let highest = prototype
  let next = Object.getPrototypeOf(highest) as object | null
  while (next !== null && next !== IncomingMessage.prototype) {
    highest = next
    next = Object.getPrototypeOf(highest) as object | null
  }
  // Without Node's there is no telling whose the others are.
  return next === null ? prototype : highest
}

/** The list of header lines, which a prototype does not have, nor every object that is made from one. */
const maybeLinesOf: (req: IncomingMessage) => string[] | undefined = linesOf

const shownContext = (req: IncomingMessage): MtlsContext | undefined => {
  const lines = maybeLinesOf(req)
  return lines && heldContext(lines)
}

const defineOwn = (object: object, name: string, value: unknown): void => {
  Object.defineProperty(object, name, { configurable: true, enumerable: true, writable: true, value })
}

const SHOWN = {
  mtls: {
    configurable: true,
    enumerable: true,
    get() {
      return shownContext(this)
    },
    set(value: MtlsContext) {
      const lines = maybeLinesOf(this)
      if (lines) holdContext(lines, value, heldContext(lines))
      else defineOwn(this, 'mtls', value)
    },
  },
  clientCertificate: {
    configurable: true,
    enumerable: true,
    get() {
      return shownContext(this)?.identity?.certificate
    },
    set(value: unknown) {
      defineOwn(this, 'clientCertificate', value)
    },
  },
} satisfies PropertyDescriptorMap & ThisType<IncomingMessage>
