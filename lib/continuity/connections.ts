import type { CertificateIdentity } from '../certificate/identity.js'
import { goOn, type MaybePromise } from '../maybe-promise.js'
import type { SharedFacts } from '../store/shared-facts.js'
import type { Arrivals } from './arrivals.js'
import { ConnectionCache, type ConnectionCacheOptions } from './connection-cache.js'
import { formatKey, type ConnectionKey } from './connection-key.js'
import { Seeker } from './seeker.js'
import { ShownCertificates } from './shown-certificates.js'

export interface ConnectionsOptions extends ConnectionCacheOptions {
  readonly arrivals: Arrivals
  readonly shared: SharedFacts | undefined
}

/** What client connections have shown: known in this process, in the shared store, or in a moment. */
export class Connections {
  readonly #shown: ShownCertificates
  /** Those that showed nothing. Apart, for whoever opens many of them must not displace the others. */
  readonly #awaitedInVain: ConnectionCache<true>
  readonly #seeker: Seeker<string>
  readonly #shared: SharedFacts | undefined

  constructor({ arrivals, shared, ...options }: ConnectionsOptions) {
    this.#shown = new ShownCertificates(options)
    this.#awaitedInVain = new ConnectionCache(options)
    this.#shared = shared
    this.#seeker = new Seeker({ shared: shared && ((key) => shared.getConnection(key)), arrivals })
  }

  /** Remembers whose certificate a client connection has shown, in place of any earlier one. */
  remember(connection: ConnectionKey, identity: CertificateIdentity): void {
    if (this.#shown.get(connection) === identity.thumbprint) return
    this.#shown.set(connection, identity.thumbprint)
    const key = formatKey(connection)
    this.#shared?.putConnection(key, identity)
    this.#seeker.announce(key)
  }

  /** The thumbprint that a client connection has shown to this process. */
  recall(connection: ConnectionKey): string | undefined {
    return this.#shown.get(connection)
  }

  /** The same where this process does not know: a promise only where it must be asked or waited for. */
  seek(connection: ConnectionKey): MaybePromise<string | undefined> {
    const key = formatKey(connection)
    // A connection that is new here has no certificate, or one that is on its way; that is waited for once.
    const isNew = this.#awaitedInVain.get(key) === undefined
    const found = isNew ? this.#seeker.seek(key, () => this.#shown.get(connection)) : this.#seeker.lookUp(key)
    return goOn(found, (thumbprint) => this.#learn(connection, thumbprint))
  }

  #learn(connection: ConnectionKey, thumbprint: string | undefined): string | undefined {
    const shown = this.#shown.get(connection)
    if (shown !== undefined) return shown
    if (thumbprint === undefined) this.#awaitedInVain.set(formatKey(connection), true)
    else this.#shown.set(connection, thumbprint)
    return thumbprint
  }
}
