import type { IncomingMessage } from 'node:http'
import { originConnection } from '../origin-connection.js'

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

/** Something of a request's origin connection, computed once and remembered for as long as that lives. */
export const perConnection = <T extends boolean | object>(
  compute: (req: IncomingMessage) => T,
): ((req: IncomingMessage) => T) => {
  const known = new WeakMap<object, T>()
  const computeOnce = (req: IncomingMessage): T => {
    const connection = originConnection(req)
    let value = known.get(connection)
    if (value === undefined) {
      value = compute(req)
      known.set(connection, value)
    }
    return value
  }
  // Over HTTP/1.1 the connection is the socket. Over HTTP/2 nothing is known of what is there in its place.
  return (req) => known.get(req.socket) ?? computeOnce(req)
}

/** A trust whose verdict depends on the origin connection alone, and is asked for once on each. */
export const oncePerConnection = (isEdge: Trust['isEdge']): Trust => ({ isEdge: perConnection(isEdge) })
