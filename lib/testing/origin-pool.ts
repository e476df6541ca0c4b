import { Agent } from 'node:http'
import type { ClientConnection } from './client-connection.js'
import type { EdgeSettings } from './edge-options.js'

/** Origin connections, shared by all clients or kept apart for each of them. */
export interface OriginPool {
  readonly agentFor: (connection: ClientConnection) => Agent
  readonly destroy: () => void
}

const createSharedPool = (maxSockets: number): OriginPool => {
  const agent = new Agent({ keepAlive: true, maxSockets })
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
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
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
