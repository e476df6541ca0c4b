import type { ClientIdentity } from './certificate/client-identity.js'
import type { EdgeAssertions } from './edges/edge.js'
import type { MtlsIdentityErrorCode } from './errors.js'

/**
 * What ties a request to a certificate, strongest first: the certificate itself; its SHA-256, asserted by
 * the edge; an id of the client connection, asserted by the edge; the origin connection's earlier
 * certificate while nothing contradicts, which is never enough to authorise; nothing.
 */
export type Evidence = 'certificate' | 'thumbprint' | 'connection' | 'inferred' | 'none'

/** What is known about the client of one request. */
export interface MtlsContext {
  /** `undefined` if there is no certificate, it was refused, or it is not known here: see `problems`. */
  readonly identity: ClientIdentity | undefined
  readonly evidence: Evidence
  /** Who answers for the certificate being verified; `undefined` if nobody does. */
  readonly verifiedBy: 'edge' | 'declaration' | undefined
  /** Every reason not to authorise on this identity, judged for this request. */
  readonly problems: readonly MtlsIdentityErrorCode[]
  /** What the edge said on this request, normalised; `{}` if nothing. */
  readonly asserted: EdgeAssertions
}

/** A context that knows which middleware made it. */
export class RequestContext implements MtlsContext {
  readonly identity: MtlsContext['identity']
  readonly evidence: MtlsContext['evidence']
  readonly verifiedBy: MtlsContext['verifiedBy']
  readonly problems: MtlsContext['problems']
  readonly asserted: MtlsContext['asserted']
  readonly #maker: object

  constructor(maker: object, context: MtlsContext) {
    this.identity = context.identity
    this.evidence = context.evidence
    this.verifiedBy = context.verifiedBy
    this.problems = context.problems
    this.asserted = context.asserted
    this.#maker = maker
  }

  isBy(maker: object): boolean {
    return this.#maker === maker
  }
}
