import type { IncomingMessage } from 'node:http'
import type { Edge, EdgeStatement } from '../edges/edge.js'
import type { CertificateIdentity } from '../certificate/identity.js'
import type { MaybePromise } from '../maybe-promise.js'
import type { Connections } from './connections.js'

/** How later requests of a client connection are recognised: an option of `mtlsIdentity()`. */
export interface Continuity {
  /** Fields that it reads, in lower case: removed from a request together with the edge's own. */
  readonly fields: readonly string[]
  /** Begins to follow the connections of one middleware. */
  follow(surroundings: ContinuitySurroundings): ConnectionFollower
}

export interface ContinuitySurroundings {
  readonly edge: Edge
  readonly connections: Connections
}

/** What one request says about who it is from. */
export interface Observation {
  /** The thumbprint that the request itself is evidence for, `undefined` without any. */
  readonly proven: string | undefined
  /** The identity of the certificate on this request. */
  readonly identity: CertificateIdentity | undefined
  /** Every thumbprint on the request, whoever wrote it. */
  readonly hashes: EdgeStatement['hashes']
}

/** Who an earlier request of the same client connection was from. */
export interface Recognition {
  readonly evidence: 'connection' | 'inferred'
  readonly thumbprint: string
}

/** Follows the connections of one middleware. */
export interface ConnectionFollower {
  /** Is told of the requests from the edge in order; recognises those that are no evidence themselves. */
  recognise(req: IncomingMessage, observation: Observation): MaybePromise<Recognition | undefined>
  /** Is told of a request that was refused: it was one of its connection all the same. */
  passOver(req: IncomingMessage): void
}
