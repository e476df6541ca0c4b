import type { IncomingMessage } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../../lib/clock.js'
import { fakeRequest, loopbackSocket } from '../../support/fake-request.js'
import type { Delivery } from './edge.js'
import type { Fields } from './fields.js'
import { describeAnswer, describeDelivery, type Narrator } from './narrator.js'
import { type Answer, type Expectation, Oracle } from './oracle.js'
import type { Report } from './report.js'
import type { CreateSubject, Subject } from './subject.js'
import type { World } from './world.js'

export interface OriginOptions {
  readonly world: World
  readonly createSubject: CreateSubject
  readonly clock: Clock
  readonly report: Report
  readonly tell: Narrator
}

/** A request that was handed over and is not answered yet. */
interface Pending {
  hasWaited: boolean
}

const STRANGER = '203.0.113.66'

/** The origin: hands each request to the subject, and each answer to the oracle. */
export class Origin {
  readonly #options: OriginOptions
  readonly #oracle: Oracle
  readonly #subject: Subject
  readonly #pending = new Set<Pending>()
  #failure: Error | undefined

  constructor(options: OriginOptions) {
    const { world, clock, createSubject } = options
    this.#options = options
    this.#oracle = new Oracle(world, clock)
    this.#subject = createSubject(world, clock)
  }

  get isWaiting(): boolean {
    return this.#pending.size > 0
  }

  /** Hands over a request. Others may be handed over before it is answered. */
  receive(delivery: Delivery): void {
    const { tell } = this.#options
    tell(() => describeDelivery(delivery))
    const expectation = this.#oracle.expect(delivery)
    this.#follow(async (pending) => {
      const answer = await this.#ask(toMessage(delivery))
      tell(() => describeAnswer(delivery, answer))
      delivery.request.connection.outstanding--
      this.#judge(expectation, answer, pending)
    })
  }

  /** Hands over a request of somebody who is not the edge. */
  receiveStranger(fields: Fields): void {
    const { world, report, tell } = this.#options
    tell(() => 'a stranger comes past the edge')
    this.#follow(async () => {
      const answer = await this.#ask(fakeRequest({ fields, socket: loopbackSocket(STRANGER) }))
      report.add(world, answer, this.#oracle.judgeStranger(answer))
    })
  }

  /** Lets everything happen that can without more requests or time. Throws what went wrong. */
  async settle(): Promise<void> {
    await turn()
    for (const pending of this.#pending) pending.hasWaited = true
    if (this.#failure !== undefined) throw this.#failure
  }

  #follow(handle: (pending: Pending) => Promise<void>): void {
    const pending = { hasWaited: false }
    this.#pending.add(pending)
    handle(pending)
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => this.#pending.delete(pending))
  }

  async #ask(req: IncomingMessage): Promise<Answer> {
    try {
      return await this.#subject.identify(req)
    } catch (error) {
      return { refusal: error }
    }
  }

  #judge(expectation: Expectation, answer: Answer, { hasWaited }: Pending): void {
    const { world, report } = this.#options
    report.add(world, answer, this.#oracle.judge(expectation, answer, hasWaited))
  }
}

const toMessage = ({ request, origin }: Delivery): IncomingMessage => {
  const { socket, stream } = origin.transport
  const message = fakeRequest({ fields: request.fields, socket, host: request.host.name })
  return stream === undefined ? message : Object.assign(message, { stream })
}
