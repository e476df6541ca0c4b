import type { Continuity } from './continuity.js'
import { OriginConnections } from './origin-connections.js'
import { reportPooling } from './report-pooling.js'

/**
 * Declares that the edge opens an origin connection of its own for every client connection and never
 * carries another client on it. Later requests then give evidence `connection`. A request that shows
 * otherwise ends the recognition for the whole middleware, with one warning.
 */
export const exclusiveOriginConnections = (): Continuity => ({
  fields: [],
  follow: ({ edge }) =>
    new OriginConnections(
      { evidence: 'connection', contradicts: (later, first) => later !== first },
      edge.clientAddressField,
      reportPooling,
    ),
})
