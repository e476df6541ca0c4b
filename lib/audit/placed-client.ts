import type { ClientIdentity } from '../certificate/client-identity.js'
import type { MtlsContext } from '../context.js'

/**
 * Where a record writes an identity. `client`: it is proven, and nothing speaks against it. `presented`: this
 * request has proven the certificate, but `problems` says why it is nobody's identity. `inferred`: an earlier
 * request on the connection had it. What stands in one place never stands in another.
 */
export type Place = 'client' | 'presented' | 'inferred'

export interface PlacedClient {
  readonly place: Place
  readonly identity: ClientIdentity
}

/** The identity of a context and its place, `undefined` without one. */
export const placeClient = (context: MtlsContext | undefined): PlacedClient | undefined => {
  if (context?.identity === undefined) return undefined
  const { identity } = context
  if (context.evidence === 'inferred') return { place: 'inferred', identity }
  return { place: context.problems.length === 0 ? 'client' : 'presented', identity }
}
