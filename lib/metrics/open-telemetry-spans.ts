import type { MtlsContext } from '../context.js'
import type { MtlsIdentityErrorCode } from '../errors.js'
import { onEvent } from '../events/on-event.js'
import { hasFunctions } from '../option-check.js'
import type { OpenTelemetryTrace, SpanAttributes } from './open-telemetry.js'
import { spanAttributesOf } from './span-attributes.js'

/**
 * Sets attributes on the span that is active where a request is identified: who the client is, how that is
 * known and what speaks against it. Takes the API `trace` of OpenTelemetry. Returns what ends it. Throws a
 * `TypeError` for anything else.
 */
export const openTelemetrySpans = (trace: OpenTelemetryTrace): (() => void) => {
  assertTrace(trace)
  const annotate = (describe: () => SpanAttributes): void => {
    const span = trace.getActiveSpan()
    if (span?.isRecording() === true) span.setAttributes(describe())
  }
  const annotateContext = (context: MtlsContext): void => {
    annotate(() => spanAttributesOf(context))
  }
  const annotateRefusal = (code: MtlsIdentityErrorCode): void => {
    annotate(() => ({ 'mtls.evidence': 'none', 'mtls.problems': [code] }))
  }
  const stops = [
    onEvent('mtls-identity:recognised', ({ context }) => {
      annotateContext(context)
    }),
    onEvent('mtls-identity:refused', ({ code }) => {
      annotateRefusal(code)
    }),
    onEvent('mtls-identity:untrusted-peer', () => {
      annotateRefusal('ERR_MTLS_UNTRUSTED_PEER')
    }),
    onEvent('mtls-identity:denied', ({ code }) => {
      annotate(() => ({ 'mtls.denied': code }))
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const assertTrace = (trace: unknown): void => {
  if (hasFunctions(trace, 'getActiveSpan')) return
  throw new TypeError("openTelemetrySpans(trace) must be given the trace of '@opentelemetry/api'")
}
