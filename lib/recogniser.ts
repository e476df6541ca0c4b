import type { IncomingMessage } from 'node:http'
import { assertOneSequence } from './certificate/der.js'
import type { CertificateIdentity } from './certificate/identity.js'
import { thumbprintOf } from './certificate/thumbprint.js'
import type { Clock } from './clock.js'
import type { MtlsContext } from './context.js'
import { Arrivals } from './continuity/arrivals.js'
import { Certificates } from './continuity/certificates.js'
import { Connections } from './continuity/connections.js'
import type { ConnectionFollower, Recognition } from './continuity/continuity.js'
import type { EdgeStatement } from './edges/edge.js'
import { MtlsIdentityError } from './errors.js'
import { removeFields } from './field/remove-fields.js'
import { judge, UNTRUSTED_PEER, type Finding } from './judge.js'
import { goOn, type MaybePromise } from './maybe-promise.js'
import type { Settings } from './resolve-options.js'
import { createSharedFacts } from './store/shared-facts.js'

/** A thumbprint, and what makes it this request's. */
interface Claim {
  readonly evidence: Exclude<MtlsContext['evidence'], 'none'>
  readonly thumbprint: string
  /** The identity of the certificate on this request. */
  readonly identity?: CertificateIdentity
}

/** Says of every request who it is from. What it remembers are facts; every request is judged anew. */
export class Recogniser {
  readonly #settings: Settings
  readonly #clock: Clock
  readonly #certificates: Certificates
  readonly #connections: ConnectionFollower

  constructor(settings: Settings, clock: Clock) {
    const { edge, continuity, cache, wait, store, storeTimeoutMs } = settings
    const shared = createSharedFacts(store, { timeoutMs: storeTimeoutMs, clock })
    this.#settings = settings
    this.#clock = clock
    this.#certificates = new Certificates({ ...cache, arrivals: new Arrivals(wait, clock), shared })
    const connections = new Connections({ ...cache, clock, arrivals: new Arrivals(wait, clock), shared })
    this.#connections = continuity.follow({ edge, connections })
  }

  /**
   * The context of a request; a promise only where the shared store is asked or a certificate waited for.
   * Throws, or rejects with, a `MtlsIdentityError` for malformed or forged fields.
   */
  recognise(req: IncomingMessage): MaybePromise<MtlsContext> {
    const { trust, fields, removeFields: isRemoving } = this.#settings
    if (!trust.isEdge(req)) {
      removeFields(req, fields)
      return UNTRUSTED_PEER
    }
    try {
      return this.#recogniseFromEdge(req)
    } catch (error) {
      this.#connections.passOver(req)
      throw error
    } finally {
      if (isRemoving) removeFields(req, fields)
    }
  }

  #recogniseFromEdge(req: IncomingMessage): MaybePromise<MtlsContext> {
    const statement = this.#settings.edge.read(req)
    const claim = this.#recall(req, statement, this.#prove(statement))
    if (claim instanceof Promise) return this.#recogniseLater(claim, statement)
    if (claim === undefined) return this.#judge({ identity: undefined, evidence: 'none', statement })
    const identity = claim.identity ?? this.#certificates.get(claim.thumbprint)
    if (identity === undefined) return this.#recogniseLater(claim, statement)
    return this.#judge({ identity, evidence: claim.evidence, statement })
  }

  /** Goes on where this process does not know enough by itself. */
  async #recogniseLater(
    pending: MaybePromise<Claim | undefined>,
    statement: EdgeStatement,
  ): Promise<MtlsContext> {
    let evidence: MtlsContext['evidence'] = 'none'
    try {
      const claim = await pending
      evidence = claim?.evidence ?? 'none'
      const identity = claim && (await this.#certificates.find(claim.thumbprint))
      return this.#judge({ identity, evidence, statement })
    } catch (error) {
      if (!(error instanceof MtlsIdentityError) || error.code !== 'ERR_MTLS_STORE_UNAVAILABLE') throw error
      return this.#judge({ identity: undefined, evidence, statement, obstacle: error.code })
    }
  }

  #judge(finding: Finding): MtlsContext {
    return judge(finding, this.#clock.now())
  }

  #prove(statement: EdgeStatement): Claim | undefined {
    const { certificate, thumbprint, hashes } = statement
    if (certificate !== undefined) return this.#admit(certificate, statement)
    if (thumbprint === undefined) return undefined
    assertAllEqual(hashes, thumbprint)
    return { evidence: 'thumbprint', thumbprint }
  }

  #admit(certificate: string, { chain, hashes }: EdgeStatement): Claim {
    const { edge } = this.#settings
    const der = edge.decode(certificate)
    assertOneSequence(der)
    const thumbprint = thumbprintOf(der)
    assertAllEqual(hashes, thumbprint)
    const known = this.#certificates.get(thumbprint)
    if (known !== undefined) return { evidence: 'certificate', thumbprint, identity: known }
    const intermediates = chain === undefined ? undefined : edge.decodeChain?.(chain)
    const identity = this.#certificates.admit(thumbprint, der, intermediates ?? [])
    return { evidence: 'certificate', thumbprint, identity }
  }

  /** The proof itself, or without one what earlier requests of the client connection have shown. */
  #recall(
    req: IncomingMessage,
    { assertions, hashes }: EdgeStatement,
    proof: Claim | undefined,
  ): MaybePromise<Claim | undefined> {
    if (assertions.presented === false) return undefined
    const { thumbprint: proven, identity } = proof ?? {}
    const recognition = this.#connections.recognise(req, { proven, identity, hashes })
    return proof ?? goOn(recognition, (recalled) => agreeing(recalled, hashes))
  }
}

const agreeing = (recalled: Recognition | undefined, hashes: readonly string[]): Recognition | undefined => {
  if (recalled !== undefined) assertAllEqual(hashes, recalled.thumbprint)
  return recalled
}

const assertAllEqual = (hashes: readonly string[], thumbprint: string): void => {
  if (hashes.some((hash) => hash !== thumbprint)) throw new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
}
