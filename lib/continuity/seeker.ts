import type { MaybePromise } from '../maybe-promise.js'
import type { Arrivals } from './arrivals.js'

/** Where a value may be found that this process does not have. */
export interface Sources<T> {
  /** In the store that processes share; `undefined` without one. Rejects if that cannot be said. */
  readonly shared: ((key: string) => Promise<T | undefined>) | undefined
  readonly arrivals: Arrivals
}

/** Seeks what this process does not have: asks the shared store, and waits a little for it to arrive. */
export class Seeker<T> {
  readonly #sources: Sources<T>
  readonly #lookups = new Map<string, Promise<T | undefined>>()

  constructor(sources: Sources<T>) {
    this.#sources = sources
  }

  /**
   * What is not in this process: `undefined` at once where there is no other place to look and no time to
   * wait. `local` says what is in this process by the time that it is asked. Rejects with
   * `ERR_MTLS_STORE_UNAVAILABLE` if it does not arrive and the store does not answer.
   */
  seek(key: string, local: () => T | undefined): MaybePromise<T | undefined> {
    // Waiting begins before the store is asked, so that nothing arrives unnoticed in between.
    const arrival = this.#sources.arrivals.wait(key)
    return arrival === undefined ? this.lookUp(key) : this.#await(key, arrival, local)
  }

  /** What the shared store has; those who ask for one key at the same time share the answer. */
  lookUp(key: string): MaybePromise<T | undefined> {
    const { shared } = this.#sources
    if (shared === undefined) return undefined
    const underWay = this.#lookups.get(key)
    if (underWay !== undefined) return underWay
    const lookup = shared(key).finally(() => this.#lookups.delete(key))
    this.#lookups.set(key, lookup)
    return lookup
  }

  async #await(key: string, arrival: Promise<void>, local: () => T | undefined): Promise<T | undefined> {
    const lookup = Promise.resolve(this.lookUp(key)).catch(() => undefined)
    const stored = await Promise.race([lookup, arrival])
    // Whoever else waits for it need not wait on.
    if (stored !== undefined) this.announce(key)
    await arrival
    if (stored !== undefined) return stored
    // What arrived at another process meanwhile is in the store by now.
    return local() ?? this.lookUp(key)
  }

  announce(key: string): void {
    this.#sources.arrivals.announce(key)
  }
}
