import { Agent, type ClientRequestArgs } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ClientConnection } from './client-connection.js'
import type { EdgeSettings } from './edge-options.js'

/** An agent that, once destroyed, leaves no connection open, even if requests were still waiting for one. */
class OriginAgent extends Agent {
  #isDestroyed = false

  constructor(maxSockets: number) {
    super({ keepAlive: true, maxSockets })
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Socket {
    const socket = super.createConnection(options, callback) as Socket
    if (this.#isDestroyed) socket.destroy()
    return socket
  }

  override destroy(): void {
    this.#isDestroyed = true
    super.destroy()
  }
}

/** Origin connections, shared by all clients or kept apart for each of them. */
export interface OriginPool {
  readonly agentFor: (connection: ClientConnection) => Agent
  readonly destroy: () => void
}

const createSharedPool = (maxSockets: number): OriginPool => {
  const agent = new OriginAgent(maxSockets)
  return {
    agentFor: () => agent,
    destroy: () => {
      agent.destroy()
    },
  }
}

/** Needs no end of its own: when the edge closes, it ends every client connection. */
const createExclusivePool = (): OriginPool => {
  const agents = new WeakMap<ClientConnection, Agent>()
  const open = (connection: ClientConnection): Agent => {
    const agent = new OriginAgent(1)
    agents.set(connection, agent)
    connection.onClose(() => {
      agent.destroy()
    })
    return agent
  }
  return {
    agentFor: (connection) => agents.get(connection) ?? open(connection),
    destroy: () => undefined,
  }
}

/** How this edge uses origin connections. */
export function createOriginPool({ originConnections, maxOriginConnections }: EdgeSettings): OriginPool {
  return originConnections === 'pooled' ? createSharedPool(maxOriginConnections) : createExclusivePool()
}
