import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../../lib/clock.js'
import type { MtlsContext } from '../../../lib/context.js'
import { cloudflare } from '../../../lib/edges/index.js'
import { connectionId, exclusiveOriginConnections } from '../../../lib/index.js'
import { createMiddleware } from '../../../lib/middleware.js'
import type { MtlsIdentityOptions } from '../../../lib/options.js'
import { HOUR_MS } from './certificates.js'
import { CONNECTION_ID_FIELD, type World } from './world.js'

/** What is put to the proof: something that says who a request is from, or refuses it. */
export interface Subject {
  identify(req: IncomingMessage): Promise<Finding>
}

/** The part of an `MtlsContext` that the proof is about. */
export interface Finding extends Pick<MtlsContext, 'evidence' | 'problems'> {
  readonly identity: { readonly thumbprint: string } | undefined
}

/** Makes one for a world, anew for each simulation. */
export type CreateSubject = (world: World, clock: Clock) => Subject

const CACHES = {
  small: { maxCertificates: 3, maxConnections: 4, ttlMs: 60_000 },
  /** Nothing is ever forgotten. The defaults would do as well, but are slow to set up so often. */
  large: { maxCertificates: 1_000, maxConnections: 5_000, ttlMs: 1_000 * HOUR_MS },
}

/** The options by which a user declares what is declared in a world. */
export const optionsOf = ({ declared, caches }: World): MtlsIdentityOptions => {
  const { clientAuthHeaders, sha256OnEveryRequest, enforced, continuity } = declared
  return {
    trust: 'loopback',
    edge: cloudflare({ clientAuthHeaders, sha256OnEveryRequest, enforced }),
    cache: CACHES[caches],
    ...(continuity === 'connectionId' && { continuity: connectionId(CONNECTION_ID_FIELD) }),
    ...(continuity === 'exclusiveOriginConnections' && { continuity: exclusiveOriginConnections() }),
  }
}

/** The real one. */
export const createRealMiddleware: CreateSubject = (world, clock) => createMiddleware(optionsOf(world), clock)
