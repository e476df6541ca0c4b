import type { ClientIdentity } from '../certificate/client-identity.js'

export const DAY_MS = 86_400_000

/** Tells the first time of each certificate on a day (UTC). Forgets a certificate when the cache does. */
export class Daily {
  readonly #days = new WeakMap<ClientIdentity, number>()

  /** Whether it is the first time at this time (milliseconds since 1970), which then has been. */
  isFirst(identity: ClientIdentity, timeMs: number): boolean {
    const day = Math.floor(timeMs / DAY_MS)
    if (this.#days.get(identity) === day) return false
    this.#days.set(identity, day)
    return true
  }
}
