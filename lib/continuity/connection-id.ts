import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { resolveFieldName } from '../field/field-name.js'
import { decodeSingleton, headersOf } from '../field/singleton.js'
import { goOn, type MaybePromise } from '../maybe-promise.js'
import type { Connections } from './connections.js'
import type { ConnectionFollower, Continuity, Proof, Recognition } from './continuity.js'
import { hostOf } from './host.js'

const MAX_ID_BYTES = 256
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Recognises a client connection by an id in a field that the edge sets on every request, overwriting the
 * client's own. The id must be different for every client connection, and no client may be able to choose
 * it. Requests with an id give evidence `connection`.
 */
export const connectionId = (field: string): Continuity => {
  const name = resolveFieldName(field, 'connectionId(field)')
  return {
    fields: [name],
    follow: ({ connections }) => new ConnectionIds(name, connections),
  }
}

const asRecognition = (thumbprint: string | undefined): Recognition | undefined =>
  thumbprint === undefined ? undefined : { evidence: 'connection', thumbprint }

const decodeId = (text: string): string => {
  if (!VISIBLE_ASCII.test(text)) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  return text
}

class ConnectionIds implements ConnectionFollower {
  readonly #field

  constructor(
    name: string,
    readonly connections: Connections,
  ) {
    this.#field = { name, maxBytes: MAX_ID_BYTES, decode: decodeId }
  }

  recognise(req: IncomingMessage, proof: Proof | undefined): MaybePromise<Recognition | undefined> {
    const headers = headersOf(req)
    const host = hostOf(headers)
    const text: unknown = headers[this.#field.name]
    const known = proof === undefined ? this.#recall(text, host) : undefined
    if (known !== undefined) return asRecognition(known)
    const id = decodeSingleton(req, this.#field, text)
    if (id === undefined || host === undefined) return undefined
    if (proof === undefined) return goOn(this.connections.seek({ id, host }), asRecognition)
    if (proof.identity !== undefined) this.connections.remember({ id, host }, proof.identity)
    return undefined
  }

  passOver(): void {
    // An id is worth the same whatever came before it.
  }

  /** What is remembered under a text was remembered under a well-formed id: that is not checked again. */
  #recall(text: unknown, host: string | undefined): string | undefined {
    if (typeof text !== 'string' || host === undefined) return undefined
    return this.connections.recall({ id: text, host })
  }
}
