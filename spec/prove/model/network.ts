import type { TestClock } from '../../support/test-clock.js'
import type { ClientConnection } from './clients.js'
import type { Delivery } from './edge.js'
import type { Origin } from './origin.js'
import type { OriginConnection } from './origin-connection.js'
import { Violation } from './oracle.js'
import { pick, take } from './pick.js'

/** In which order the copies of requests arrive; `at once` is before anything else can happen. */
export type Order = 'in order' | 'reversed' | 'at once'

const MAX_IN_TRANSIT = 32
/** A request may wait for its connection and then for its certificate, 50 ms each. */
const TURN_MS = 60
const MAX_TURNS = 4

/** What is on its way from the edge to the origin. */
export class Network {
  readonly #inTransit: Delivery[] = []

  constructor(
    readonly origin: Origin,
    readonly clock: TestClock,
  ) {}

  send(delivery: Delivery): void {
    delivery.request.connection.outstanding++
    this.#inTransit.push(delivery)
  }

  /** Sees to it that the way does not grow without bound. */
  async makeRoom(): Promise<void> {
    const tooMany = this.#inTransit.length - MAX_IN_TRANSIT
    if (tooMany > 0) await this.arrive(this.#inTransit.slice(0, tooMany), 'in order')
  }

  /** So many of those that are on their way, beginning with this one. */
  choose(which: number, count: number): readonly Delivery[] {
    const chosen = Array.from({ length: count }, (_, index) => this.#at(which + index))
    return [...new Set(chosen)].filter((delivery) => delivery !== undefined)
  }

  async arrive(deliveries: readonly Delivery[], order: Order): Promise<void> {
    for (const delivery of order === 'reversed' ? deliveries.toReversed() : deliveries) {
      this.#inTransit.splice(this.#inTransit.indexOf(delivery), 1)
      this.origin.receive(delivery)
      if (order !== 'at once') await this.origin.settle()
    }
    await this.origin.settle()
  }

  lose(which: number): void {
    const lost = take(this.#inTransit, which)
    if (lost !== undefined) lost.request.connection.outstanding--
  }

  /** What is on its way over an origin connection is lost with it. */
  loseAllOver(origin: OriginConnection): void {
    for (const delivery of this.#inTransit.filter((candidate) => candidate.origin === origin)) {
      this.lose(this.#inTransit.indexOf(delivery))
    }
  }

  /** Until a client connection, or without one everybody, has an answer to every request. */
  async answer(connection?: ClientConnection): Promise<void> {
    const isAsked = ({ request }: Delivery): boolean =>
      (connection ?? request.connection) === request.connection
    await this.arrive(this.#inTransit.filter(isAsked), 'in order')
    const isAnswered = (): boolean =>
      connection === undefined ? !this.origin.isWaiting : connection.outstanding === 0
    for (let turns = 0; !isAnswered(); turns++) {
      if (turns === MAX_TURNS) throw new Violation('a request is never answered')
      this.clock.advance(TURN_MS)
      await this.origin.settle()
    }
  }

  #at(index: number): Delivery | undefined {
    return this.#inTransit.length === 0 ? undefined : pick(this.#inTransit, index)
  }
}
