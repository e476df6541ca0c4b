import type { IncomingMessage } from 'node:http'
import { perConnection } from '../origin-connection.js'

/** Decides whether the peer of a request is the edge. */
export interface Trust {
  /** Fields that the decision reads, in lower case: removed from a request together with the edge's own. */
  readonly fields?: readonly string[]
  /**
   * Whether the peer is the edge. Must look at the peer itself, or for what only the edge can know; never at
   * a field that anybody can send.
   */
  isEdge(req: IncomingMessage): boolean
}

/** A trust whose verdict depends on the origin connection alone, and is asked for once on each. */
export const oncePerConnection = (isEdge: Trust['isEdge']): Trust => ({ isEdge: perConnection(isEdge) })
