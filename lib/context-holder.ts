import type { MtlsContext } from './context.js'

/** A class whose subclasses give their private fields to an object that is there already. */
const ExistingObject = function (object: object) {
  return object
} as unknown as new (object: object) => object

/** Keeps a context with an object, where nothing else can see or change it. */
class ContextHolder extends ExistingObject {
  #context: MtlsContext

  constructor(object: object, context: MtlsContext) {
    super(object)
    this.#context = context
  }

  static get(object: object): MtlsContext | undefined {
    return #context in object ? object.#context : undefined
  }

  static replace(object: ContextHolder, context: MtlsContext): void {
    object.#context = context
  }
}

/** The context that is kept with an object, `undefined` without one. */
export const heldContext = (object: object): MtlsContext | undefined => ContextHolder.get(object)

/** Keeps a context with an object, in place of the earlier one if there is one. */
export const holdContext = (object: object, context: MtlsContext, earlier: MtlsContext | undefined): void => {
  if (earlier === undefined) new ContextHolder(object, context)
  else ContextHolder.replace(object as ContextHolder, context)
}
