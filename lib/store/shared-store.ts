import type { Clock } from '../clock.js'
import { MtlsIdentityError } from '../errors.js'
import type { StoreCalledEvent } from '../events/events.js'
import { Circuit } from './circuit.js'
import type { IdentityStore } from './identity-store.js'
import { observeCall } from './observe-call.js'
import { reportOutages } from './report.js'

/** Calls under way at most: a store that is slow must not hold the memory of a process. */
const MAX_CALLS = 1_000

export interface SharedStoreOptions {
  readonly store: IdentityStore
  readonly timeoutMs: number
  readonly clock: Clock
}

const unavailable = (): MtlsIdentityError => new MtlsIdentityError('ERR_MTLS_STORE_UNAVAILABLE')

/** An `IdentityStore` that cannot hang, throw at once, or be asked too much. */
export class SharedStore {
  readonly #store: IdentityStore
  readonly #timeoutMs: number
  readonly #clock: Clock
  readonly #circuit: Circuit
  #calls = 0

  constructor({ store, timeoutMs, clock }: SharedStoreOptions) {
    this.#store = store
    this.#timeoutMs = timeoutMs
    this.#clock = clock
    this.#circuit = new Circuit(clock, reportOutages)
  }

  /** The bytes under a key. Rejects with `ERR_MTLS_STORE_UNAVAILABLE` where it cannot be said. */
  get(key: string): Promise<Uint8Array | undefined> {
    return this.#call('get', async () => assertBytes(await this.#store.get(key)))
  }

  /** Puts bytes under a key, some time or not at all. */
  put(key: string, value: Uint8Array, ttlMs: number): void {
    const writing = this.#call('set', async () => this.#store.set(key, value, ttlMs))
    // A lost write leaves the client unknown to other processes, which is what they then say.
    writing.catch(() => undefined)
  }

  async #call<T>(operation: StoreCalledEvent['operation'], run: () => Promise<T>): Promise<T> {
    if (this.#calls >= MAX_CALLS || !this.#circuit.admits()) throw unavailable()
    this.#calls++
    try {
      const result = await observeCall(operation, this.#clock, () => this.#withDeadline(run))
      this.#circuit.succeeded()
      return result
    } catch (error) {
      this.#circuit.failed(error)
      throw unavailable()
    } finally {
      this.#calls--
    }
  }

  #withDeadline<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(this.#timeoutMs, () => {
        reject(unavailable())
      })
      run().then(resolve, reject).finally(cancel)
    })
  }
}

/** Whatever else a store gives back is no answer, and must not be taken for "nothing there". */
const assertBytes = (value: unknown): Uint8Array | undefined => {
  if (value === undefined || value === null) return undefined
  if (value instanceof Uint8Array) return value
  throw new TypeError('IdentityStore.get() must resolve to a Uint8Array or undefined')
}
