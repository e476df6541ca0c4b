import type { TestEdge } from 'mtls-identity/testing'
import { createRandom } from '../../support/random.js'
import type { Client, PROTOCOLS } from '../../testing/support/clients.js'
import { ask } from './ask.js'
import type { Caller } from './cast.js'
import { count, createTally, type Tally } from './tally.js'

export type Connect = (typeof PROTOCOLS)[number][1]

const SEED = 20_261_124
const TURNS = 4
const BURSTS = 6
/** As many at a time as a browser's page asks for. */
const BURST = 6
/** One burst in so many begins with a new client connection. */
const RECONNECT_ONCE_IN = 3

interface Play {
  readonly edge: TestEdge
  readonly connect: Connect
  readonly tally: Tally
  readonly random: (bound: number) => number
}

/** A caller and the client connection that it has at the moment. */
class Line {
  #client: Client

  constructor(
    readonly caller: Caller,
    readonly play: Play,
  ) {
    this.#client = this.#open()
  }

  readonly call = async (): Promise<void> => {
    count(this.play.tally, this.caller, await ask(this.#client))
  }

  async callInBursts(): Promise<void> {
    for (let burst = 0; burst < BURSTS; burst++) {
      if (this.play.random(RECONNECT_ONCE_IN) === 0) this.#reconnect()
      await Promise.all(Array.from({ length: BURST }, this.call))
    }
  }

  close(): void {
    this.#client.close()
  }

  #reconnect(): void {
    this.#client.close()
    this.#client = this.#open()
  }

  #open(): Client {
    return this.play.connect(this.play.edge, this.caller.certificate)
  }
}

/** Lets all callers call in turn, then all at once and each in bursts, over connections that come and go. */
export const playTraffic = async (
  edge: TestEdge,
  connect: Connect,
  callers: readonly Caller[],
): Promise<Tally> => {
  const play: Play = { edge, connect, tally: createTally(), random: createRandom(SEED) }
  const lines = callers.map((caller) => new Line(caller, play))
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      for (const line of lines) await line.call()
    }
    await Promise.all(lines.map((line) => line.callInBursts()))
    return play.tally
  } finally {
    for (const line of lines) line.close()
  }
}
