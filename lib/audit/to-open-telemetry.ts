import type { MtlsContext } from '../context.js'
import { assertedFacts } from './asserted-facts.js'
import { clientFacts, type ClientFacts } from './client-facts.js'
import { placeClient, type PlacedClient } from './placed-client.js'
import type { RedactionProfile } from './profile.js'
import { compact, toIso, type AuditRecord, type AuditSchema, type RequestFacts } from './schema.js'

/**
 * Attributes of OpenTelemetry's semantic conventions, flat, for log records and spans. `user.*` is who was
 * authenticated: a proven certificate without a problem. `tls.client.*` is the certificate that the request has
 * proven, whatever speaks against it. All else, an inferred client with it, is under `mtls.`.
 */
export const toOpenTelemetry: AuditSchema = (context, { profile = 'full', request, loss } = {}) =>
  loss === undefined
    ? compact({ ...(request && otelRequest(request)), ...otelContext(context, profile) })
    : { timestamp: toIso(loss.timeMs), 'mtls.lost': loss.count }

const otelContext = (context: MtlsContext | undefined, profile: RedactionProfile): AuditRecord => {
  if (context === undefined) return {}
  const { evidence, verifiedBy, problems, asserted } = context
  const placed = placeClient(context)
  return {
    'mtls.evidence': evidence,
    'mtls.verified_by': verifiedBy,
    'mtls.problems': [...problems],
    ...prefixed('mtls.asserted.', assertedFacts(asserted, profile)),
    ...(placed && otelClient(placed, clientFacts(placed.identity, profile))),
  }
}

const otelClient = ({ place }: PlacedClient, facts: ClientFacts): AuditRecord => {
  if (place === 'inferred')
    return { ...tlsAttributes('mtls.inferred.', facts), ...moreAttributes('mtls.inferred.', facts) }
  const { thumbprint, subject } = facts
  return {
    ...tlsAttributes('tls.client.', facts),
    ...moreAttributes('mtls.', facts),
    ...(place === 'client' && { 'user.id': thumbprint, 'user.name': subject }),
  }
}

/** What the conventions have attributes for. */
const tlsAttributes = (prefix: string, facts: ClientFacts): AuditRecord =>
  prefixed(prefix, {
    'hash.sha256': facts.thumbprint?.toUpperCase(),
    issuer: facts.issuer,
    subject: facts.subject,
    not_before: facts.notBefore,
    not_after: facts.notAfter,
  })

/** What they have none for. Of an alternative name type and value belong together. */
const moreAttributes = (prefix: string, facts: ClientFacts): AuditRecord =>
  prefixed(prefix, {
    serial_number: facts.serialNumber,
    subject_alt_names: facts.subjectAltName?.map(({ type, value }) => `${type}:${value}`),
  })

const prefixed = (prefix: string, attributes: Readonly<Record<string, unknown>>): AuditRecord =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [prefix + name, value]))

const otelRequest = (request: RequestFacts): AuditRecord => ({
  timestamp: toIso(request.timeMs),
  'http.request.method': request.method,
  'http.route': request.route,
  'url.original': request.url,
  'http.response.status_code': request.status,
  'client.address': request.clientAddress,
  'network.peer.address': request.peer,
  'mtls.request.id': request.id,
  'mtls.request.outcome': request.outcome,
  'mtls.request.duration_ms': request.durationMs,
})
