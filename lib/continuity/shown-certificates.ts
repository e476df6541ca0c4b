import { ConnectionCache, type ConnectionCacheOptions } from './connection-cache.js'
import type { ConnectionKey } from './connection-key.js'

/** What a client connection has shown: one certificate, and to which hosts. */
interface Shown {
  readonly thumbprint: string
  readonly hosts: readonly string[]
}

/** Hosts of one connection that are remembered; the one that was shown the certificate first goes first. */
const MAX_HOSTS = 16

/**
 * The thumbprints that client connections have shown, by their id. A connection has one certificate at a time:
 * a renewed one takes the place of the earlier one for every host. What was shown to one host is not known
 * to another.
 */
export class ShownCertificates {
  readonly #connections: ConnectionCache<Shown>

  constructor(options: ConnectionCacheOptions) {
    this.#connections = new ConnectionCache(options)
  }

  get({ id, host }: ConnectionKey): string | undefined {
    const shown = this.#connections.get(id)
    return shown?.hosts.includes(host) === true ? shown.thumbprint : undefined
  }

  set({ id, host }: ConnectionKey, thumbprint: string): void {
    const shown = this.#connections.get(id)
    const others = shown?.thumbprint === thumbprint ? shown.hosts.slice(1 - MAX_HOSTS) : []
    this.#connections.set(id, { thumbprint, hosts: [...others, host] })
  }
}
