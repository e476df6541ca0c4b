import { isIP } from 'node:net'
import type { MtlsContext } from '../context.js'
import { clientFacts, type ClientFacts } from './client-facts.js'
import { contextFacts } from './context-facts.js'
import { ecsX509 } from './ecs-x509.js'
import { placeClient } from './placed-client.js'
import type { RedactionProfile } from './profile.js'
import {
  compact,
  toIso,
  type AuditRecord,
  type AuditSchema,
  type LossFacts,
  type RequestFacts,
} from './schema.js'

const VERSION = '9.4.0'
const DATASET = 'mtls-identity.audit'
const NANOSECONDS_PER_MS = 1e6

/**
 * Elastic Common Schema 9.4. `user` is who was authenticated: a proven certificate without a problem. `tls.client`
 * is the certificate that the request has proven, whatever speaks against it. All else, an inferred client with
 * it, is in `mtls`, which is no field set of ECS.
 */
export const toEcs: AuditSchema = (context, { profile = 'full', request, loss } = {}) =>
  loss === undefined
    ? compact({ ...ecsRequest(request), ...ecsContext(context, profile), ecs: { version: VERSION } })
    : ecsLoss(loss)

const ecsLoss = ({ timeMs, count }: LossFacts): AuditRecord => ({
  '@timestamp': toIso(timeMs),
  ecs: { version: VERSION },
  event: { kind: 'event', dataset: DATASET, outcome: 'failure', action: 'audit-records-lost' },
  mtls: { lost: count },
})

const ecsContext = (context: MtlsContext | undefined, profile: RedactionProfile): AuditRecord => {
  const placed = placeClient(context)
  const mtls = contextFacts(context, profile, ['inferred'])
  if (placed === undefined || placed.place === 'inferred') return { mtls }
  const facts = clientFacts(placed.identity, profile)
  return {
    mtls,
    tls: compact({ client: ecsTlsClient(facts, profile === 'full' ? ecsX509(placed.identity) : {}) }),
    user: placed.place === 'client' ? compact({ id: facts.thumbprint, name: facts.subject }) : undefined,
  }
}

const ecsTlsClient = (facts: ClientFacts, names: AuditRecord): AuditRecord => {
  const { thumbprint, serialNumber, issuer, subject, notBefore, notAfter } = facts
  const validity = { not_before: notBefore, not_after: notAfter }
  return compact({
    hash: compact({ sha256: thumbprint?.toUpperCase() }),
    issuer,
    subject,
    ...validity,
    x509: compact({ ...names, serial_number: serialNumber, ...validity }),
  })
}

const ecsRequest = (request: RequestFacts | undefined): AuditRecord => {
  if (request === undefined) return {}
  const { timeMs, id, method, route, url, status, durationMs, peer, clientAddress } = request
  return {
    '@timestamp': toIso(timeMs),
    event: {
      kind: 'event',
      category: ['web'],
      type: ['access'],
      dataset: DATASET,
      outcome: ecsOutcome(request),
      duration: Math.round(durationMs * NANOSECONDS_PER_MS),
    },
    http: { request: { id, method }, response: compact({ status_code: status }) },
    url: compact({ original: url }),
    labels: compact({ route, outcome: request.outcome }),
    client: ecsAddress(clientAddress),
    source: ecsAddress(peer),
  }
}

const ecsOutcome = ({ outcome, status }: RequestFacts): string => {
  if (outcome === 'aborted' || status === undefined) return 'unknown'
  return status < 400 ? 'success' : 'failure'
}

/** A field of type `ip` takes nothing else, and a record with something else is refused as a whole. */
const ecsAddress = (address: string | undefined): AuditRecord =>
  compact({ address, ip: isIP(address ?? '') !== 0 && !address?.includes('%') ? address : undefined })
