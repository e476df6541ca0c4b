import type { IncomingMessage } from 'node:http'
import { originConnection } from '../origin-connection.js'
import type { EdgeStatement } from '../edges/edge.js'
import type { ConnectionFollower, Proof, Recognition } from './continuity.js'
import { hostOf } from './host.js'

/** What is taken to be true of the edge until a request shows otherwise. */
export interface OriginConnectionRule {
  readonly evidence: Recognition['evidence']
  /** Whether a thumbprint shown by a later request contradicts what the first one showed. */
  readonly contradicts: (later: string, first: string | undefined) => boolean
}

/** The first request that was seen on an origin connection. */
interface FirstRequest {
  readonly thumbprint: string | undefined
  readonly host: string | undefined
  readonly clientAddress: unknown
}

/**
 * Recognises a client by the origin connection, as long as nothing shows that the edge carries more than
 * one client on one. The first contradiction on any connection ends that for all of them, for good.
 */
export class OriginConnections implements ConnectionFollower {
  // Keyed by the connection itself, which no other connection can be taken for, and gone when it is.
  #firstRequests: WeakMap<object, FirstRequest> | undefined = new WeakMap()

  constructor(
    readonly rule: OriginConnectionRule,
    readonly clientAddressField: string | undefined,
    readonly onContradiction: (req: IncomingMessage) => void,
  ) {}

  recognise(
    req: IncomingMessage,
    proof: Proof | undefined,
    hashes: EdgeStatement['hashes'],
  ): Recognition | undefined {
    if (this.#firstRequests === undefined) return undefined
    const connection = originConnection(req)
    const first = this.#firstRequests.get(connection)
    const current = this.#describe(req, proof?.thumbprint)
    if (first === undefined) {
      this.#firstRequests.set(connection, current)
      return undefined
    }
    if (this.#contradicts(first, current, hashes)) {
      this.#firstRequests = undefined
      this.onContradiction(req)
      return undefined
    }
    return proof === undefined ? this.#recall(first, current) : undefined
  }

  passOver(req: IncomingMessage): void {
    const connection = originConnection(req)
    if (this.#firstRequests?.has(connection) !== false) return
    this.#firstRequests.set(connection, this.#describe(req, undefined))
  }

  #describe(req: IncomingMessage, proven: string | undefined): FirstRequest {
    const { headers } = req
    const clientAddress = this.clientAddressField && headers[this.clientAddressField]
    return { thumbprint: proven, host: hostOf(headers), clientAddress }
  }

  #contradicts(first: FirstRequest, current: FirstRequest, hashes: EdgeStatement['hashes']): boolean {
    const proven = current.thumbprint
    return (
      first.clientAddress !== current.clientAddress ||
      (proven !== undefined && this.rule.contradicts(proven, first.thumbprint)) ||
      hashes.some((hash) => hash !== first.thumbprint)
    )
  }

  #recall(first: FirstRequest, current: FirstRequest): Recognition | undefined {
    if (first.thumbprint === undefined || first.host === undefined || first.host !== current.host)
      return undefined
    return { evidence: this.rule.evidence, thumbprint: first.thumbprint }
  }
}
