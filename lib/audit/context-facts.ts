import type { MtlsContext } from '../context.js'
import { assertedFacts } from './asserted-facts.js'
import { clientFacts } from './client-facts.js'
import { placeClient, type Place } from './placed-client.js'
import type { RedactionProfile } from './profile.js'
import { compact, type AuditRecord } from './schema.js'

/** What a context says by its own names, and an identity if it is in one of these places. */
export const contextFacts = (
  context: MtlsContext | undefined,
  profile: RedactionProfile,
  places: readonly Place[],
): AuditRecord => {
  if (context === undefined) return {}
  const { evidence, verifiedBy, problems, asserted } = context
  const placed = placeClient(context)
  return {
    ...compact({ evidence, verifiedBy, problems: [...problems], asserted: assertedFacts(asserted, profile) }),
    ...(placed && places.includes(placed.place) && { [placed.place]: clientFacts(placed.identity, profile) }),
  }
}
