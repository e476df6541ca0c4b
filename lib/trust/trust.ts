import type { IncomingMessage } from 'node:http'
import { originConnection } from '../origin-connection.js'

/** Decides whether the peer of a request is the edge. */
export interface Trust {
  /** Fields that the decision reads, in lower case: removed from a request together with the edge's own. */
  readonly fields?: readonly string[]
  /** Whether the peer is the edge. Must look at the peer, never at a field that anybody can send. */
  isEdge(req: IncomingMessage): boolean
}

/** A trust whose verdict depends on the origin connection alone, and is asked for once on each. */
export const oncePerConnection = (isEdge: Trust['isEdge']): Trust => {
  const verdicts = new WeakMap<object, boolean>()
  return {
    isEdge(req) {
      const connection = originConnection(req)
      const known = verdicts.get(connection)
      if (known !== undefined) return known
      const verdict = isEdge(req)
      verdicts.set(connection, verdict)
      return verdict
    },
  }
}
