import type { Evidence, MtlsContext } from '../context.js'
import { ERROR_CODES } from '../errors.js'
import type { AdmittedEvent, StoreCalledEvent } from '../events/events.js'

/** What became of a request. */
export type Outcome = 'identified' | 'anonymous' | 'problem' | 'refused' | 'untrusted_peer'

/** Every member of a union of strings; the compiler says which one is missing. */
const everyOf = <T extends string>(members: Readonly<Record<T, true>>): readonly string[] =>
  Object.keys(members)

export const CODES: readonly string[] = ERROR_CODES
export const CACHE_RESULTS = everyOf<'hit' | 'miss'>({ hit: true, miss: true })
export const OPERATIONS = everyOf<StoreCalledEvent['operation']>({ get: true, set: true })
export const RESULTS = everyOf<StoreCalledEvent['result']>({ ok: true, failed: true })
export const SOURCES = everyOf<AdmittedEvent['source']>({ request: true, store: true })

export const EVIDENCES = everyOf<Evidence>({
  certificate: true,
  thumbprint: true,
  connection: true,
  inferred: true,
  none: true,
})

export const OUTCOMES = everyOf<Outcome>({
  identified: true,
  anonymous: true,
  problem: true,
  refused: true,
  untrusted_peer: true,
})

export const VERIFIERS = everyOf<NonNullable<MtlsContext['verifiedBy']> | 'none'>({
  edge: true,
  declaration: true,
  none: true,
})
