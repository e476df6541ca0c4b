import { TestClock } from '../../support/test-clock.js'
import { CERTIFICATES, EPOCH, HOUR_MS } from './certificates.js'
import { type Client, ClientConnection, createClients } from './clients.js'
import { type ClientRequest, type Delivery, Edge, type Host, HOSTS } from './edge.js'
import { forge, type Victim } from './forgery.js'
import { Network } from './network.js'
import { Origin, type OriginOptions } from './origin.js'
import { OriginPool } from './origin-pool.js'
import { pick } from './pick.js'
import type { StepOf } from './steps.js'
import type { World } from './world.js'

export type StageOptions = Omit<OriginOptions, 'clock'>

const MAX_CONNECTIONS = 16

/** Clients, an edge, an origin and the clocks. At first every client has one connection. */
export class Stage {
  readonly #world: World
  readonly #clients = createClients()
  readonly #connections: ClientConnection[] = []
  readonly #edge: Edge
  readonly #pool: OriginPool
  readonly #origin: Origin
  readonly #network: Network
  readonly #clock = new TestClock()
  readonly #hosts: readonly Host[]
  #connected = 0
  #hoursOff = 0

  constructor(options: StageOptions) {
    const { world } = options
    this.#clock.stepWallClock(EPOCH - this.#clock.now())
    this.#world = world
    this.#hosts = world.edge.hosts === 'one' ? HOSTS.slice(0, 1) : HOSTS
    this.#edge = new Edge(world.edge)
    this.#pool = new OriginPool(world.edge)
    this.#origin = new Origin({ ...options, clock: this.#clock })
    this.#network = new Network(this.#origin, this.#clock)
    for (const [index, client] of this.#clients.entries()) {
      this.#connect(client, { protocol: index % 2 === 0 ? 'http2' : 'http1', address: index })
    }
  }

  /** Lets everything happen that can without another step. Throws what went wrong. */
  async settle(): Promise<void> {
    await this.#origin.settle()
    await this.#network.makeRoom()
  }

  /** Sees to it that every request is answered. */
  end(): Promise<void> {
    return this.#network.answer()
  }

  async ask({ connection: index, streams, via, arrival, ...asked }: StepOf<'ask'>): Promise<void> {
    const connection = pick(this.#connections, index)
    const isSerial = connection.protocol === 'http1'
    // Over HTTP/1.1 a client awaits its answer before it asks again.
    if (isSerial) await this.#network.answer(connection)
    const request = this.#compose(connection, asked)
    const sent = Array.from({ length: isSerial ? 1 : streams }, (_, stream) =>
      this.#send(request, via + stream),
    )
    const order = this.#world.network === 'orderly' ? 'in order' : arrival
    if (order !== 'later') await this.#network.arrive(sent.flat(), order)
  }

  arrive({ which, count, order }: StepOf<'arrive'>): Promise<void> {
    return this.#network.arrive(this.#network.choose(which, count), order)
  }

  lose({ which }: StepOf<'lose'>): void {
    this.#network.lose(which)
  }

  /** The edge sends a request again, of which it does not know whether it arrived. */
  retry({ which, via }: StepOf<'retry'>): void {
    for (const { request, origin } of this.#network.choose(which, 1)) {
      this.#network.send({ request, origin: this.#pool.chooseAgain(request.connection, origin, via) })
    }
  }

  connect(step: StepOf<'connect'>): void {
    this.#connect(pick(this.#clients, step.client), step)
  }

  reconnect(step: StepOf<'reconnect'>): void {
    const index = step.connection % this.#connections.length
    this.#connect(pick(this.#connections, index).client, step, index)
  }

  closeOriginConnection({ connection, via }: StepOf<'close the origin connection'>): void {
    const origin = this.#pool.choose(pick(this.#connections, connection), via)
    this.#network.loseAllOver(origin)
    this.#pool.close(origin)
  }

  /** On a new connection the client shows the new certificate, and still the old one on the others. */
  renew({ connection: index, on }: StepOf<'renew'>): void {
    const connection = pick(this.#connections, index)
    if (on === 'the same connection') {
      if (this.#world.edge.renegotiates && connection.canRenew) connection.renew()
      return
    }
    connection.client.renew()
    this.#connect(connection.client, { protocol: connection.protocol, address: index })
  }

  revoke({ connection }: StepOf<'revoke'>): void {
    const { certificate } = pick(this.#connections, connection)
    if (certificate !== undefined) this.#edge.revoke(certificate)
  }

  goPastTheEdge({ victim: index }: StepOf<'go past the edge'>): void {
    const victim = this.#victim(index)
    this.#origin.receiveStranger([
      ...forge('a certificate and assertions', victim),
      ...forge('a connection id', victim),
    ])
  }

  wait({ ms }: StepOf<'wait'>): void {
    this.#clock.advance(ms)
  }

  setWallClockOff({ hours }: StepOf<'set the wall clock off'>): void {
    if (this.#world.wallClock === 'steady') return
    this.#clock.stepWallClock((hours - this.#hoursOff) * HOUR_MS)
    this.#hoursOff = hours
  }

  #connect(
    client: Client,
    { protocol, address }: { readonly protocol: ClientConnection['protocol']; readonly address: number },
    index = this.#connections.length < MAX_CONNECTIONS
      ? this.#connections.length
      : this.#connected % MAX_CONNECTIONS,
  ): void {
    const replaced = this.#connections[index]
    if (replaced !== undefined) this.#pool.forget(replaced)
    this.#connected++
    this.#connections[index] = new ClientConnection(`c${this.#connected}`, client, protocol, address)
  }

  #compose(
    connection: ClientConnection,
    { host, forgery: wanted, victim }: Pick<StepOf<'ask'>, 'host' | 'forgery' | 'victim'>,
  ): ClientRequest {
    const forgery = this.#world.clients === 'forging' ? wanted : 'nothing'
    if (forgery !== 'nothing') connection.hasForged = true
    return {
      connection,
      host: pick(this.#hosts, host),
      forgery,
      forged: forge(forgery, this.#victim(victim)),
    }
  }

  #send(asked: ClientRequest, via: number): readonly Delivery[] {
    const request = this.#edge.forward(asked)
    if (request === undefined) return []
    const delivery = { request, origin: this.#pool.choose(asked.connection, via) }
    this.#network.send(delivery)
    return [delivery]
  }

  #victim(index: number): Victim {
    const { certificate, id } = pick(this.#connections, index)
    return { certificate: certificate ?? pick(CERTIFICATES, index), connectionId: id }
  }
}
