import type { Clock } from '../../../lib/clock.js'
import { DER_FIELD, SHA256_FIELD } from '../../support/cloudflare-fields.js'
import { type Certificate, certificateOf, isValidAt } from './certificates.js'
import type { ClientConnection } from './clients.js'
import type { Delivery, ForwardedRequest } from './edge.js'
import { CLIENT_ADDRESS_FIELD, valueOf } from './fields.js'
import type { FirstArrival } from './origin-connection.js'
import type { Finding } from './subject.js'
import type { Outcome } from './tally.js'
import { isDeclaredTruly, isInferring, isUndisturbed, speaksOnEveryRequest, type World } from './world.js'

/** Something that must never happen, and did. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** What the subject said of a request: who it is from, or that it is refused. */
export type Answer = Finding | Refusal

export interface Refusal {
  readonly refusal: unknown
}

export const isRefusal = (answer: Answer): answer is Refusal => 'refusal' in answer

/** What is known of a request at the moment at which it is handed over. */
export interface Expectation {
  readonly request: ForwardedRequest
  /** The certificate that came with it, whoever sent it. */
  readonly carried: Certificate | undefined
  /** Whether it shows that origin connections are shared among clients. */
  readonly provesPooling: boolean
  /** Whether such a request has been accepted before. */
  readonly isPoolingProven: boolean
  readonly mustBeKnown: boolean
}

/** Knows who really called and what the subject has been told, and judges what it made of that. */
export class Oracle {
  readonly #world: World
  readonly #clock: Clock
  #isPoolingProven = false
  /** The certificates that have arrived. */
  readonly #arrived = new Set<Certificate>()
  /** The last certificate that a client connection has shown to a host, as far as it arrived. */
  readonly #shown = new WeakMap<ClientConnection, Map<string, Certificate>>()

  constructor(world: World, clock: Clock) {
    this.#world = world
    this.#clock = clock
  }

  expect({ request, origin }: Delivery): Expectation {
    const arrival = describeArrival(request)
    const { first } = origin
    origin.first ??= arrival
    const carried = carriedBy(request)
    return {
      request,
      carried,
      provesPooling: first !== undefined && this.#provesPooling(first, arrival, carried),
      isPoolingProven: this.#isPoolingProven,
      mustBeKnown: this.#mustBeKnown(request),
    }
  }

  /** Throws a `Violation`. `hasWaited`: others may have been handed over since. */
  judge(expectation: Expectation, answer: Answer, hasWaited: boolean): Outcome {
    if (isRefusal(answer)) return this.#judgeRefusal(expectation, answer)
    this.#learn(expectation)
    this.#assertMarked(expectation, answer)
    const outcome = this.#compare(expectation.request, answer)
    // Where a declaration is false, its author answers for what comes of it.
    if (!isDeclaredTruly(this.#world)) return outcome
    if (outcome === 'wrong') throw new Violation('somebody else, with an empty list of problems')
    this.#assertAuthorisable(expectation.request, answer)
    const mustBeKnown = expectation.mustBeKnown || (hasWaited && this.#mustBeKnown(expectation.request))
    if (mustBeKnown && outcome === 'unknown')
      throw new Violation('not known, though its certificate was here')
    return outcome
  }

  /** A request that did not come from the edge is nobody's, whatever it says. Throws a `Violation`. */
  judgeStranger(answer: Answer): Outcome {
    const isNobodys = !isRefusal(answer) && answer.identity === undefined
    if (isNobodys && answer.problems.includes('ERR_MTLS_UNTRUSTED_PEER')) return 'right'
    throw new Violation('did not turn away a peer that is not the edge')
  }

  /** What an accepted request carried is known from now on. */
  #learn({ request, carried, provesPooling }: Expectation): void {
    if (provesPooling) this.#isPoolingProven = true
    if (carried === undefined) return
    this.#arrived.add(carried)
    const shown = this.#shown.get(request.connection) ?? new Map<string, Certificate>()
    // By an id of the client connection a renewed certificate takes the earlier one's place for every host.
    const isRenewed = [...shown.values()].some((earlier) => earlier !== carried)
    if (isRenewed && this.#world.declared.continuity === 'connectionId') shown.clear()
    this.#shown.set(request.connection, shown.set(request.host.name, carried))
  }

  /** Requests are refused for what is forged, and for nothing else. */
  #judgeRefusal({ request }: Expectation, { refusal }: Refusal): Outcome {
    const code: unknown = refusal instanceof Error && Reflect.get(refusal, 'code')
    if (typeof code !== 'string' || !code.startsWith('ERR_MTLS_')) throw refusal
    const shown = this.#lastShown(request)
    const isFaultless = !request.connection.hasForged && (shown === undefined || shown === request.caller)
    if (isFaultless) throw new Violation(`refused with ${code}, though nothing was forged`)
    return 'refused'
  }

  /** What holds even where a declaration is false. */
  #assertMarked({ isPoolingProven }: Expectation, { evidence, problems }: Finding): void {
    if (evidence === 'inferred' && !problems.includes('ERR_MTLS_IDENTITY_INFERRED')) {
      throw new Violation('inferred, and not marked as such')
    }
    const isExclusive = this.#world.declared.continuity === 'exclusiveOriginConnections'
    const isByOriginConnection = evidence === 'inferred' || (evidence === 'connection' && isExclusive)
    if (isPoolingProven && isByOriginConnection) {
      throw new Violation('recognised by its origin connection after the first proof of pooling')
    }
  }

  /** What an identity with an empty list must be besides right. */
  #assertAuthorisable({ isSaidRevoked }: ForwardedRequest, { identity, problems }: Finding): void {
    const certificate = certificateOf(identity?.thumbprint)
    if (certificate === undefined || problems.length > 0) return
    if (!certificate.isVerifiable) throw new Violation('verified by nobody, with an empty list of problems')
    if (!isValidAt(certificate, this.#clock.now()))
      throw new Violation('not valid, with an empty list of problems')
    if (isSaidRevoked && this.#world.declared.clientAuthHeaders) {
      throw new Violation('said to be revoked, with an empty list of problems')
    }
  }

  #compare(request: ForwardedRequest, { identity, problems }: Finding): Outcome {
    const { caller } = request
    if (identity === undefined) return caller === undefined ? 'right' : 'unknown'
    if (identity.thumbprint === caller?.thumbprint) return 'right'
    if (caller !== undefined && identity.thumbprint === this.#outdated(request)?.thumbprint) return 'outdated'
    return problems.length === 0 ? 'wrong' : 'wrong, marked'
  }

  #lastShown({ connection, host }: ForwardedRequest): Certificate | undefined {
    return this.#shown.get(connection)?.get(host.name)
  }

  /** The certificate from before a renewal, if the edge did not get to tell this host of the new one. */
  #outdated(request: ForwardedRequest): Certificate | undefined {
    const shown = this.#lastShown(request)
    return shown !== undefined && request.connection.former.includes(shown) ? shown : undefined
  }

  /**
   * The edge of inference sends a certificate on the first request of an origin connection only; the one
   * of exclusive connections never sends another client's. To both, a client has one address.
   */
  #provesPooling(first: FirstArrival, later: FirstArrival, carried: Certificate | undefined): boolean {
    if (first.address !== later.address) return true
    if (carried === undefined) return false
    return isInferring(this.#world.declared) || carried.thumbprint !== first.shown
  }

  /**
   * Whether the certificate is in memory (or would be, if it had not gone astray), and the request says
   * enough to find it there.
   */
  #mustBeKnown(request: ForwardedRequest): boolean {
    const { caller } = request
    const { declared, caches, wallClock } = this.#world
    if (caller === undefined || caches === 'small' || wallClock === 'jumps') return false
    if (!isValidAt(caller, this.#clock.now())) return false
    if (speaksOnEveryRequest(declared)) return this.#arrived.has(caller) || isUndisturbed(this.#world)
    return declared.continuity === 'connectionId' && this.#lastShown(request) === caller
  }
}

const carriedBy = ({ fields }: ForwardedRequest): Certificate | undefined =>
  valueOf(fields, DER_FIELD) === undefined ? undefined : certificateOf(valueOf(fields, SHA256_FIELD))

const describeArrival = ({ fields }: ForwardedRequest): FirstArrival => ({
  address: valueOf(fields, CLIENT_ADDRESS_FIELD),
  shown: valueOf(fields, SHA256_FIELD) ?? valueOf(fields, 'Cf-Cert-Sha256'),
})
