import type { ClientIdentity } from '../certificate/client-identity.js'
import type { MtlsContext } from '../context.js'
import type { SpanAttributes } from './open-telemetry.js'

/** A name over this length (certificates have them of any) is left out rather than cut into another one. */
const MAX_NAME_LENGTH = 1_024

/**
 * The span attributes of a request. A client that the request is evidence for is in OpenTelemetry's
 * `tls.client.*` (https://opentelemetry.io/docs/specs/semconv/registry/attributes/tls/), where an inferred
 * one never is: of that there is the thumbprint only, under `mtls.inferred.hash.sha256`.
 */
export const spanAttributesOf = ({
  identity,
  evidence,
  verifiedBy,
  problems,
}: MtlsContext): SpanAttributes => ({
  'mtls.evidence': evidence,
  'mtls.problems': [...problems],
  ...(verifiedBy !== undefined && { 'mtls.verified_by': verifiedBy }),
  ...(identity && (evidence === 'inferred' ? inferred(identity) : proven(identity))),
})

const inferred = (identity: ClientIdentity): SpanAttributes => ({
  'mtls.inferred.hash.sha256': hashOf(identity),
})

const proven = (identity: ClientIdentity): SpanAttributes => ({
  'tls.client.hash.sha256': hashOf(identity),
  'tls.client.not_before': identity.notBefore.toISOString(),
  'tls.client.not_after': identity.notAfter.toISOString(),
  ...named('tls.client.subject', identity.subject.toString()),
  ...named('tls.client.issuer', identity.issuer.toString()),
})

const named = (attribute: string, name: string): SpanAttributes =>
  name.length > MAX_NAME_LENGTH ? {} : { [attribute]: name }

/** OpenTelemetry writes it in upper case. */
const hashOf = ({ thumbprint }: ClientIdentity): string => thumbprint.toUpperCase()
