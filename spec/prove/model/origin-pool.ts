import type { ClientConnection } from './clients.js'
import { OriginConnection } from './origin-connection.js'
import type { EdgeTraits } from './world.js'

/** Connections that a one-to-one edge keeps for one client connection over which requests run in parallel. */
const MAX_OWN = 3

type Slots = Map<number, OriginConnection>

/** The origin connections of one edge. */
export class OriginPool {
  readonly #traits: EdgeTraits
  readonly #shared: Slots = new Map()
  readonly #own = new WeakMap<ClientConnection, Slots>()
  readonly #freePorts: number[] = []
  #opened = 0

  constructor(traits: EdgeTraits) {
    this.#traits = traits
  }

  /** The origin connection that a request goes over; `via` chooses among those that there are. */
  choose(connection: ClientConnection, via: number): OriginConnection {
    if (this.#traits.pooling === 'pooled') return this.#slot(this.#shared, via % this.#traits.poolSize)
    return this.#slot(this.#ownOf(connection), via % this.#maxOwn(connection))
  }

  /** The one for sending a request again, after the origin connection that it went over failed. */
  chooseAgain(connection: ClientConnection, failed: OriginConnection, via: number): OriginConnection {
    const isSerial = this.#traits.pooling === 'one-to-one' && connection.protocol === 'http1'
    if (isSerial) this.close(failed)
    return this.choose(connection, via)
  }

  close(origin: OriginConnection): void {
    if (!origin.isOpen) return
    origin.isOpen = false
    // An operating system gives ports again, to other connections.
    this.#freePorts.push(origin.remotePort)
  }

  /** A client connection is gone, and with it the origin connections of its own. */
  forget(connection: ClientConnection): void {
    for (const origin of this.#own.get(connection)?.values() ?? []) this.close(origin)
    this.#own.delete(connection)
  }

  #slot(slots: Slots, index: number): OriginConnection {
    const present = slots.get(index)
    if (present?.isOpen === true) return present
    const opened = this.#open()
    slots.set(index, opened)
    return opened
  }

  #open(): OriginConnection {
    this.#opened++
    const port = this.#freePorts.pop() ?? 40_000 + this.#opened
    return new OriginConnection(`o${this.#opened}`, port, this.#traits.protocol)
  }

  #ownOf(connection: ClientConnection): Slots {
    const own = this.#own.get(connection) ?? new Map<number, OriginConnection>()
    this.#own.set(connection, own)
    return own
  }

  /** One request at a time needs one origin connection at a time. */
  #maxOwn({ protocol }: ClientConnection): number {
    return protocol === 'http1' ? 1 : MAX_OWN
  }
}
