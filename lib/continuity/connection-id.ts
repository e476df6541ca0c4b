import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { resolveFieldName } from '../field/field-name.js'
import { readSingleton } from '../field/singleton.js'
import type { MaybePromise } from '../maybe-promise.js'
import type { Connections } from './connections.js'
import type { ConnectionFollower, Continuity, Observation, Recognition } from './continuity.js'
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

class ConnectionIds implements ConnectionFollower {
  constructor(
    readonly field: string,
    readonly connections: Connections,
  ) {}

  recognise(req: IncomingMessage, { proven, identity }: Observation): MaybePromise<Recognition | undefined> {
    const key = this.#keyOf(req)
    if (key === undefined) return undefined
    if (identity !== undefined) this.connections.remember(key, identity)
    if (proven !== undefined) return undefined
    const thumbprint = this.connections.recall(key)
    return thumbprint instanceof Promise ? thumbprint.then(asRecognition) : asRecognition(thumbprint)
  }

  passOver(): void {
    // An id is worth the same whatever came before it.
  }

  #keyOf(req: IncomingMessage): string | undefined {
    const id = readSingleton(req, this.field, MAX_ID_BYTES)
    const host = hostOf(req)
    if (id === undefined || host === undefined) return undefined
    if (!VISIBLE_ASCII.test(id)) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
    // An id has no space, so no two pairs make the same key.
    return `${id} ${host}`
  }
}
