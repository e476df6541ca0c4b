import type { Continuity } from './continuity.js'
import { OriginConnections } from './origin-connections.js'
import { reportPooling } from './report-pooling.js'

/**
 * What is done where nothing is declared: the certificate of the first request on an origin connection is
 * inferred for the later ones, evidence `inferred`. It takes the edge for one that sends the certificate
 * on the first request only and carries one client on an origin connection; the first request that shows
 * otherwise (any certificate on a later request, or another client address) ends inference for the whole
 * middleware, with one warning.
 */
export const inference = (): Continuity => ({
  fields: [],
  follow: ({ edge }) =>
    new OriginConnections(
      { evidence: 'inferred', contradicts: () => true },
      edge.clientAddressField,
      reportPooling,
    ),
})
