import { systemClock, type Clock } from '../clock.js'
import { createMeasure, type Take } from './create-measure.js'
import { hasFunctions } from '../option-check.js'
import type { InstrumentDefinition } from './instruments.js'
import { measureEvents } from './measure-events.js'
import type { OpenTelemetryMeter } from './open-telemetry.js'

/**
 * Measures the events of this process with a `Meter` of OpenTelemetry's API, taken after the SDK has been
 * started (one taken before measures nothing). Attributes have closed lists of values, none chosen by a
 * client. Returns what ends it. Throws a `TypeError` for what is no `Meter`.
 */
export const openTelemetryMetrics = (meter: OpenTelemetryMeter): (() => void) =>
  createOpenTelemetryMetrics(meter, systemClock)

/** `openTelemetryMetrics()` by another clock. */
export const createOpenTelemetryMetrics = (meter: OpenTelemetryMeter, clock: Clock): (() => void) => {
  assertMeter(meter)
  return measureEvents(
    createMeasure((definition) => createTake(meter, definition)),
    clock,
  )
}

const createTake = (meter: OpenTelemetryMeter, definition: InstrumentDefinition): Take => {
  const { name, unit, description } = definition
  if (definition.kind === 'counter') {
    const counter = meter.createCounter(name, { unit, description })
    return (value, labels) => {
      counter.add(value, labels)
    }
  }
  const advice = { explicitBucketBoundaries: [...definition.buckets] }
  const histogram = meter.createHistogram(name, { unit, description, advice })
  return (value, labels) => {
    histogram.record(value, labels)
  }
}

const assertMeter = (meter: unknown): void => {
  if (hasFunctions(meter, 'createCounter', 'createHistogram')) return
  throw new TypeError("openTelemetryMetrics(meter) must be given a Meter of '@opentelemetry/api'")
}
