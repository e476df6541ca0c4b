import { systemClock, type Clock } from '../clock.js'
import { assertOptionNames } from '../option-check.js'
import { createMeasure, type Take } from './create-measure.js'
import { hasFunctions } from '../option-check.js'
import type { InstrumentDefinition } from './instruments.js'
import { labelSetsOf } from './label-sets.js'
import { measureEvents } from './measure-events.js'
import type { PromClient } from './prom-client.js'

export interface PrometheusOptions<R> {
  /** The `Registry` that gets the metrics. Default: the package's own, `register`. */
  readonly register?: R
}

/**
 * Measures the events of this process with the package `prom-client`, which is handed in. Labels have closed
 * lists of values, none chosen by a client, and every series begins with 0. Returns what ends it; the
 * registry keeps what it has. Throws a `TypeError` for what is not that package, and what the package throws
 * for a registry that has these metrics already.
 */
export const prometheusMetrics = <R>(
  client: PromClient<R>,
  options: PrometheusOptions<R> = {},
): (() => void) => createPrometheusMetrics(client, options, systemClock)

/** `prometheusMetrics()` by another clock. */
export const createPrometheusMetrics = <R>(
  client: PromClient<R>,
  options: PrometheusOptions<R>,
  clock: Clock,
): (() => void) => {
  assertClient(client)
  assertOptionNames(options, ['register'], 'prometheusMetrics()')
  return measureEvents(
    createMeasure((definition) => createTake(client, options.register, definition)),
    clock,
  )
}

const createTake = <R>(
  client: PromClient<R>,
  register: R | undefined,
  definition: InstrumentDefinition,
): Take => {
  const configuration = {
    name: prometheusName(definition),
    help: definition.description,
    labelNames: Object.keys(definition.labels),
    ...(register !== undefined && { registers: [register] }),
  }
  const labelSets = labelSetsOf(definition.labels)
  if (definition.kind === 'counter') {
    const counter = new client.Counter(configuration)
    for (const labels of labelSets) counter.inc(labels, 0)
    return (value, labels) => {
      counter.inc(labels, value)
    }
  }
  const histogram = new client.Histogram({ ...configuration, buckets: [...definition.buckets] })
  for (const labels of labelSets) histogram.zero(labels)
  return (value, labels) => {
    histogram.observe(labels, value)
  }
}

/**
 * The name that OpenTelemetry's rules give a metric in Prometheus
 * (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).
 */
const prometheusName = ({ kind, name, unit }: InstrumentDefinition): string =>
  name.replaceAll('.', '_') + (unit === 's' ? '_seconds' : '') + (kind === 'counter' ? '_total' : '')

const assertClient = (client: unknown): void => {
  if (hasFunctions(client, 'Counter', 'Histogram')) return
  throw new TypeError("prometheusMetrics(client) must be given the package 'prom-client'")
}
