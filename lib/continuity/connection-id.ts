import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { resolveFieldName } from '../field/field-name.js'
import { memoized } from '../field/memoized.js'
import { decodeSingleton, headersOf } from '../field/singleton.js'
import type { MaybePromise } from '../maybe-promise.js'
import type { ConnectionKey } from './connection-key.js'
import type { Connections } from './connections.js'
import type { ConnectionFollower, Continuity, Proof, Recognition } from './continuity.js'
import { hostOf } from './host.js'

const MAX_ID_BYTES = 256
const VISIBLE_ASCII = /^[\x21-\x7e]+$/
/** How many different ids are remembered to be well-formed, for connections that come again. */
const IDS = 8_192

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
    this.#field = { name, maxBytes: MAX_ID_BYTES, decode: memoized(decodeId, IDS) }
  }

  recognise(req: IncomingMessage, proof: Proof | undefined): MaybePromise<Recognition | undefined> {
    const key = this.#keyOf(req)
    if (key === undefined) return undefined
    if (proof?.identity !== undefined) this.connections.remember(key, proof.identity)
    if (proof !== undefined) return undefined
    const thumbprint = this.connections.recall(key)
    return thumbprint instanceof Promise ? thumbprint.then(asRecognition) : asRecognition(thumbprint)
  }

  passOver(): void {
    // An id is worth the same whatever came before it.
  }

  #keyOf(req: IncomingMessage): ConnectionKey | undefined {
    const headers = headersOf(req)
    const id = decodeSingleton(req, this.#field, headers[this.#field.name])
    const host = hostOf(headers)
    return id === undefined || host === undefined ? undefined : { id, host }
  }
}
