import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock.js'
import { RequestContext } from './context.js'
import { Arrivals } from './continuity/arrivals.js'
import { Certificates } from './continuity/certificates.js'
import { Connections } from './continuity/connections.js'
import type { ConnectionFollower, Proof, Recognition } from './continuity/continuity.js'
import type { EdgeStatement } from './edges/edge.js'
import { MtlsIdentityError } from './errors.js'
import { removeFields } from './field/remove-fields.js'
import { judge, UNTRUSTED_PEER, type Finding } from './judge.js'
import type { MaybePromise } from './maybe-promise.js'
import { Moment } from './moment.js'
import { assertAllEqual, Prover } from './prover.js'
import type { Settings } from './resolve-options.js'
import { createSharedFacts } from './store/shared-facts.js'

/** A thumbprint, and what makes it this request's. */
type Claim = Proof | Recognition

/** Says of every request who it is from. What it remembers are facts; every request is judged anew. */
export class Recogniser {
  readonly #settings: Settings
  readonly #moment: Moment
  readonly #certificates: Certificates
  readonly #connections: ConnectionFollower
  readonly #prover: Prover

  constructor(settings: Settings, clock: Clock) {
    const { edge, continuity, cache, wait, store, storeTimeoutMs } = settings
    const shared = createSharedFacts(store, { timeoutMs: storeTimeoutMs, clock })
    this.#settings = settings
    this.#moment = new Moment(clock)
    this.#certificates = new Certificates({ ...cache, clock, arrivals: new Arrivals(wait, clock), shared })
    this.#prover = new Prover(edge, this.#certificates)
    const connections = new Connections({
      ...cache,
      clock: this.#moment,
      arrivals: new Arrivals(wait, clock),
      shared,
    })
    this.#connections = continuity.follow({ edge, connections })
  }

  /**
   * The context of a request; a promise only where the shared store is asked or a certificate waited for.
   * Throws, or rejects with, a `MtlsIdentityError` for malformed or forged fields.
   */
  recognise(req: IncomingMessage): MaybePromise<RequestContext> {
    const { trust, fields, removeFields: isRemoving } = this.#settings
    let isEdge = false
    try {
      isEdge = trust.isEdge(req)
    } finally {
      // Also where the trust itself throws: who is not known to be the edge is not read.
      if (!isEdge) removeFields(req, fields)
    }
    if (!isEdge) return new RequestContext(this, UNTRUSTED_PEER)
    try {
      return this.#recogniseFromEdge(req)
    } catch (error) {
      this.#connections.passOver(req)
      throw error
    } finally {
      if (isRemoving) removeFields(req, fields)
    }
  }

  #recogniseFromEdge(req: IncomingMessage): MaybePromise<RequestContext> {
    this.#moment.begin()
    const statement = this.#settings.edge.read(req)
    const proof = this.#prover.prove(statement)
    const claim = this.#recall(req, statement, proof)
    if (claim instanceof Promise) return this.#recogniseLater(claim, statement)
    if (claim === undefined) return this.#judge({ identity: undefined, evidence: 'none', statement })
    const identity = proof?.identity ?? this.#certificates.get(claim.thumbprint)
    if (identity === undefined) return this.#recogniseLater(claim, statement)
    return this.#judge({ identity, evidence: claim.evidence, statement })
  }

  /** Goes on where this process does not know enough by itself. */
  async #recogniseLater(
    pending: MaybePromise<Claim | undefined>,
    statement: EdgeStatement,
  ): Promise<RequestContext> {
    const finding = await this.#seek(pending, statement)
    this.#moment.begin()
    return this.#judge(finding)
  }

  async #seek(pending: MaybePromise<Claim | undefined>, statement: EdgeStatement): Promise<Finding> {
    let evidence: Finding['evidence'] = 'none'
    try {
      const claim = await pending
      evidence = claim?.evidence ?? 'none'
      const identity = claim && (await this.#certificates.find(claim.thumbprint))
      return { identity, evidence, statement }
    } catch (error) {
      if (!(error instanceof MtlsIdentityError) || error.code !== 'ERR_MTLS_STORE_UNAVAILABLE') throw error
      return { identity: undefined, evidence, statement, obstacle: error.code }
    }
  }

  #judge(finding: Finding): RequestContext {
    return new RequestContext(this, judge(finding, this.#moment.now()))
  }

  /** The proof itself, or without one what earlier requests of the client connection have shown. */
  #recall(
    req: IncomingMessage,
    { assertions, hashes }: EdgeStatement,
    proof: Proof | undefined,
  ): MaybePromise<Claim | undefined> {
    if (assertions.presented === false) return undefined
    const recognition = this.#connections.recognise(req, proof, hashes)
    if (proof !== undefined) return proof
    if (recognition instanceof Promise) return recognition.then((recalled) => agreeing(recalled, hashes))
    return agreeing(recognition, hashes)
  }
}

const agreeing = (recalled: Recognition | undefined, hashes: readonly string[]): Recognition | undefined => {
  if (recalled !== undefined) assertAllEqual(hashes, recalled.thumbprint)
  return recalled
}
