import { IncomingMessage } from 'node:http'
import type { MtlsContext } from './context.js'
import { heldContext, holdContext } from './context-holder.js'

/**
 * Whether a request has `mtls` and `clientCertificate` from a prototype of Express's. Such a request has a hidden
 * class of its own in V8, and one more property would make a copy of that: it would cost more than all the
 * rest that is done for the request. So its context is held by its list of header lines, an array like
 * any other that belongs to this request alone, and the prototype shows it.
 */
export const isExpressRequest = (req: IncomingMessage): boolean => {
  const prototype = Object.getPrototypeOf(req) as object
  if (prototype !== latest.prototype) latest = judged(prototype)
  return latest.isShowing
}

interface Judged {
  readonly prototype: object
  /** Whether requests with this prototype show the contexts that they hold. */
  readonly isShowing: boolean
}

const prototypes = new WeakMap<object, Judged>()
/** A process seldom has requests of more than one kind. */
let latest: Judged = { prototype: {}, isShowing: false }

const judged = (prototype: object): Judged => {
  const earlier = prototypes.get(prototype)
  if (earlier !== undefined) return earlier
  const now = { prototype, isShowing: showsContexts(prototype) }
  prototypes.set(prototype, now)
  return now
}

/** Every application of Express has a prototype of its own for its requests, under a common one. */
const showsContexts = (prototype: object & { readonly app?: { readonly request?: object } }): boolean => {
  if (prototype.app?.request !== prototype) return false
  const common = commonPrototype(prototype)
  if (Object.getOwnPropertyDescriptor(common, 'mtls')?.get === SHOWN.mtls.get) return true
  // Another copy of this package may have been here, or somebody else.
  if ('mtls' in common || 'clientCertificate' in common) return false
  Object.defineProperties(common, SHOWN)
  return true
}

/** The highest prototype that is Express's, and not Node's. */
const commonPrototype = (prototype: object): object => {
  for (let highest = prototype; ;) {
    const next = Object.getPrototypeOf(highest) as object | null
    if (next === IncomingMessage.prototype) return highest
    if (next === null) return prototype
    highest = next
  }
}

/** A prototype has no header lines itself, nor has every object that is made from one. */
type MaybeRequest = Partial<IncomingMessage>

const SHOWN = {
  mtls: {
    configurable: true,
    enumerable: true,
    get() {
      return this.rawHeaders && heldContext(this.rawHeaders)
    },
    set(value: MtlsContext) {
      if (this.rawHeaders) holdContext(this.rawHeaders, value, heldContext(this.rawHeaders))
      else
        Object.defineProperty(this, 'mtls', { configurable: true, enumerable: true, writable: true, value })
    },
  },
  clientCertificate: {
    configurable: true,
    enumerable: true,
    get() {
      return this.rawHeaders && heldContext(this.rawHeaders)?.identity?.certificate
    },
  },
} satisfies PropertyDescriptorMap & ThisType<MaybeRequest>
