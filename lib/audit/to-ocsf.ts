import { isIP } from 'node:net'
import type { MtlsContext } from '../context.js'
import { clientFacts, type ClientFacts } from './client-facts.js'
import { contextFacts } from './context-facts.js'
import { placeClient, type PlacedClient } from './placed-client.js'
import { REDACTED, type RedactionProfile } from './profile.js'
import { compact, type AuditRecord, type AuditSchema, type LossFacts, type RequestFacts } from './schema.js'

const PRODUCT = 'mtls-identity'
const METADATA = { version: '1.7.0', product: { name: PRODUCT } }
const IAM = 3
const AUTHENTICATION = 3002
const OTHER = 99
const INFORMATIONAL = 1
const HIGH = 4
const SHA_256 = { algorithm_id: 3, algorithm: 'SHA-256' }
/** No RFC 4514 string reads like this, and no thumbprint is a name. */
const UNAUTHENTICATED = { name: 'unauthenticated', type_id: 0 }

/**
 * OCSF 1.7, class Authentication. Success, with `user`, is a proven certificate without a problem. `certificate`
 * is what the request has proven, whatever speaks against it; an inferred client is in `unmapped` only. The class
 * requires `time`: without the facts of a request it is yours to add.
 */
export const toOcsf: AuditSchema = (context, { profile = 'full', request, loss } = {}) =>
  loss === undefined ? ocsfAuthentication(context, profile, request) : ocsfLoss(loss)

const event = (classUid: number, severityId: number): AuditRecord => ({
  activity_id: OTHER,
  class_uid: classUid,
  type_uid: classUid * 100 + OTHER,
  severity_id: severityId,
  metadata: METADATA,
})

const ocsfLoss = ({ timeMs, count }: LossFacts): AuditRecord => ({
  ...event(0, HIGH),
  activity_name: 'Audit records lost',
  category_uid: 0,
  time: timeMs,
  count,
})

const ocsfAuthentication = (
  context: MtlsContext | undefined,
  profile: RedactionProfile,
  request: RequestFacts | undefined,
): AuditRecord => {
  const placed = placeClient(context)
  const mtls = contextFacts(context, profile, ['inferred'])
  return compact({
    ...event(AUTHENTICATION, INFORMATIONAL),
    activity_name: 'Request',
    category_uid: IAM,
    auth_protocol_id: OTHER,
    auth_protocol: 'Mutual TLS',
    is_remote: true,
    service: { name: PRODUCT },
    ...ocsfClient(placed, placed && clientFacts(placed.identity, profile)),
    status_detail: context && context.problems.length > 0 ? context.problems.join(' ') : undefined,
    ...(request && ocsfRequest(request)),
    unmapped: compact({ mtls, route: request?.route, outcome: request?.outcome }),
  })
}

const ocsfClient = (placed: PlacedClient | undefined, facts: ClientFacts = {}): AuditRecord => {
  const isAuthenticated = placed?.place === 'client'
  const isProven = isAuthenticated || placed?.place === 'presented'
  return {
    status_id: isAuthenticated ? 1 : 2,
    status: isAuthenticated ? 'Success' : 'Failure',
    user: isAuthenticated ? ocsfUser(facts) : UNAUTHENTICATED,
    certificate: isProven && facts.thumbprint !== undefined ? ocsfCertificate(facts) : undefined,
  }
}

const ocsfUser = ({ thumbprint, subject = REDACTED }: ClientFacts): AuditRecord =>
  compact({ name: subject, uid: thumbprint, type_id: 0 })

const ocsfCertificate = (facts: ClientFacts): AuditRecord =>
  compact({
    issuer: facts.issuer,
    serial_number: facts.serialNumber,
    subject: facts.subject,
    fingerprints: [{ ...SHA_256, value: facts.thumbprint }],
    created_time: facts.notBefore && Date.parse(facts.notBefore),
    expiration_time: facts.notAfter && Date.parse(facts.notAfter),
    sans: facts.subjectAltName?.map(({ type, value }) => ({ type, name: value })),
  })

const ocsfRequest = (request: RequestFacts): AuditRecord => ({
  time: request.timeMs,
  http_request: compact({
    uid: request.id,
    http_method: request.method,
    url: request.url === undefined ? undefined : { url_string: request.url },
  }),
  http_response:
    request.status === undefined
      ? undefined
      : { code: request.status, latency: Math.round(request.durationMs) },
  src_endpoint: ocsfEndpoint(request.clientAddress ?? request.peer),
})

/** `ip` takes an address only; what else was forwarded as one is a name. */
const ocsfEndpoint = (address: string | undefined): AuditRecord | undefined => {
  if (address === undefined) return undefined
  return isIP(address) === 0 ? { name: address } : { ip: address }
}
