import type { CertificateIdentity } from '../certificate/identity.js'
import { goOn, type MaybePromise } from '../maybe-promise.js'
import type { SharedFacts } from '../store/shared-facts.js'
import type { Arrivals } from './arrivals.js'
import { ConnectionCache, type ConnectionCacheOptions } from './connection-cache.js'
import { Seeker } from './seeker.js'

export interface ConnectionsOptions extends ConnectionCacheOptions {
  readonly arrivals: Arrivals
  readonly shared: SharedFacts | undefined
}

/** What client connections have shown, by their key: in this process, in the shared store, or in a moment. */
export class Connections {
  readonly #thumbprints: ConnectionCache<string>
  /** Those that showed nothing. Apart, for whoever opens many of them must not displace the others. */
  readonly #awaitedInVain: ConnectionCache<true>
  readonly #seeker: Seeker<string>
  readonly #shared: SharedFacts | undefined

  constructor({ arrivals, shared, ...options }: ConnectionsOptions) {
    this.#thumbprints = new ConnectionCache(options)
    this.#awaitedInVain = new ConnectionCache(options)
    this.#shared = shared
    this.#seeker = new Seeker({
      local: (key) => this.#thumbprints.get(key),
      shared: shared && ((key) => shared.getConnection(key)),
      arrivals,
    })
  }

  /** Remembers whose certificate a client connection has shown, in place of any earlier one. */
  remember(key: string, identity: CertificateIdentity): void {
    if (this.#thumbprints.get(key) === identity.thumbprint) return
    this.#thumbprints.set(key, identity.thumbprint)
    this.#shared?.putConnection(key, identity)
    this.#seeker.announce(key)
  }

  /** The thumbprint that a client connection has shown: a promise only where it must be asked or waited for. */
  recall(key: string): MaybePromise<string | undefined> {
    const shown = this.#thumbprints.get(key)
    if (shown !== undefined) return shown
    // A connection that is new here has no certificate, or one that is on its way; that is waited for once.
    const isNew = this.#awaitedInVain.get(key) === undefined
    const found = isNew ? this.#seeker.seek(key) : this.#seeker.lookUp(key)
    return goOn(found, (thumbprint) => this.#learn(key, thumbprint))
  }

  #learn(key: string, thumbprint: string | undefined): string | undefined {
    const shown = this.#thumbprints.get(key)
    if (shown !== undefined) return shown
    if (thumbprint === undefined) this.#awaitedInVain.set(key, true)
    else this.#thumbprints.set(key, thumbprint)
    return thumbprint
  }
}
