import type { IncomingMessage } from 'node:http'
import { assertOneSequence } from './certificate/der.js'
import { thumbprintOf } from './certificate/thumbprint.js'
import type { Clock } from './clock.js'
import type { MtlsContext } from './context.js'
import { CertificateCache } from './continuity/certificate-cache.js'
import { ConnectionCache } from './continuity/connection-cache.js'
import type { ConnectionFollower, Recognition } from './continuity/continuity.js'
import type { EdgeStatement } from './edges/edge.js'
import { MtlsIdentityError } from './errors.js'
import { removeFields } from './field/remove-fields.js'
import { judge, UNTRUSTED_PEER } from './judge.js'
import type { Settings } from './options.js'

/** What the request itself is evidence for. */
interface Proof {
  readonly evidence: 'certificate' | 'thumbprint'
  readonly thumbprint: string
}

/** Says of every request who it is from. What it remembers are facts; every request is judged anew. */
export class Recogniser {
  readonly #settings: Settings
  readonly #clock: Clock
  readonly #certificates: CertificateCache
  readonly #connections: ConnectionFollower

  constructor(settings: Settings, clock: Clock) {
    const { edge, continuity, cache } = settings
    this.#settings = settings
    this.#clock = clock
    this.#certificates = new CertificateCache(cache.maxCertificates)
    this.#connections = continuity.follow({ edge, connections: new ConnectionCache({ ...cache, clock }) })
  }

  /** The context of a request. Throws a `MtlsIdentityError` for malformed or forged fields. */
  recognise(req: IncomingMessage): MtlsContext {
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

  #recogniseFromEdge(req: IncomingMessage): MtlsContext {
    const statement = this.#settings.edge.read(req)
    const proof = this.#prove(statement)
    const found = this.#recall(req, { statement, proof })
    const identity = found && this.#certificates.get(found.thumbprint)
    return judge({ identity, evidence: found?.evidence ?? 'none', statement }, this.#clock.now())
  }

  #prove({ certificate, thumbprint, hashes }: EdgeStatement): Proof | undefined {
    if (certificate !== undefined)
      return { evidence: 'certificate', thumbprint: this.#admit(certificate, hashes) }
    if (thumbprint === undefined) return undefined
    assertAllEqual(hashes, thumbprint)
    return { evidence: 'thumbprint', thumbprint }
  }

  #admit(certificate: string, hashes: readonly string[]): string {
    const der = this.#settings.edge.decode(certificate)
    assertOneSequence(der)
    const thumbprint = thumbprintOf(der)
    assertAllEqual(hashes, thumbprint)
    this.#certificates.admit(thumbprint, der)
    return thumbprint
  }

  /** The proof itself, or without one what earlier requests of the client connection have shown. */
  #recall(
    req: IncomingMessage,
    { statement, proof }: { statement: EdgeStatement; proof: Proof | undefined },
  ): Proof | Recognition | undefined {
    const { assertions, hashes } = statement
    if (assertions.presented === false) return undefined
    const recognition = this.#connections.recognise(req, { proven: proof?.thumbprint, hashes })
    if (proof !== undefined) return proof
    if (recognition !== undefined) assertAllEqual(hashes, recognition.thumbprint)
    return recognition
  }
}

const assertAllEqual = (hashes: readonly string[], thumbprint: string): void => {
  if (hashes.some((hash) => hash !== thumbprint)) throw new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
}
