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

/** What one request is evidence for by itself. */
export interface Proof {
  readonly evidence: 'certificate' | 'thumbprint'
  readonly thumbprint: string
  /** The identity of the certificate on this request. */
  readonly identity: CertificateIdentity | undefined
}

/** Who an earlier request of the same client connection was from. */
export interface Recognition {
  readonly evidence: 'connection' | 'inferred'
  readonly thumbprint: string
}

/** Follows the connections of one middleware. */
export interface ConnectionFollower {
  /**
   * Is told of the requests from the edge in order; recognises those that prove nothing themselves. `hashes` are all
   * thumbprints on the request, whoever wrote them.
   */
  recognise(
    req: IncomingMessage,
    proof: Proof | undefined,
    hashes: EdgeStatement['hashes'],
  ): MaybePromise<Recognition | undefined>
  /** Is told of a request that was refused: it was one of its connection all the same. */
  passOver(req: IncomingMessage): void
}
