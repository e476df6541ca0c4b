/** What is used of a `Meter` of the package `@opentelemetry/api`. */
export interface OpenTelemetryMeter {
  createCounter(
    name: string,
    options: { unit: string; description: string },
  ): { add(value: number, attributes: Record<string, string>): void }
  createHistogram(
    name: string,
    options: { unit: string; description: string; advice: { explicitBucketBoundaries: number[] } },
  ): { record(value: number, attributes: Record<string, string>): void }
}

/** What is used of the API `trace` of the package `@opentelemetry/api`. */
export interface OpenTelemetryTrace {
  getActiveSpan(): OpenTelemetrySpan | undefined
}

interface OpenTelemetrySpan {
  isRecording(): boolean
  setAttributes(attributes: SpanAttributes): unknown
}

export type SpanAttributes = Record<string, string | string[]>
