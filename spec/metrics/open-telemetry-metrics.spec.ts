import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type MetricData,
} from '@opentelemetry/sdk-metrics'
import { openTelemetryMetrics, type OpenTelemetryMeter } from 'mtls-identity/metrics'
import { createOpenTelemetryMetrics } from '../../lib/metrics/open-telemetry-metrics.js'
import type { Samples } from './support/prometheus-text.js'
import { createOrigin, makeTraffic, SAMPLES, TickingClock } from './support/traffic.js'

/** As OpenTelemetry's rules say that a metric is called in Prometheus. */
const samplesOf = ({ descriptor: { name, unit }, ...data }: MetricData): [string, number][] => {
  const base = name.replaceAll('.', '_') + (unit === 's' ? '_seconds' : '')
  return data.dataPoints.flatMap(({ attributes, value }): [string, number][] => {
    const pairs = Object.entries(attributes).map(([label, labelled]) => `${label}="${String(labelled)}"`)
    const labels = pairs.length > 0 ? `{${pairs.join()}}` : ''
    if (typeof value === 'number') return [[`${base}_total${labels}`, value]]
    const { sum, count } = value as { sum: number; count: number }
    return [
      [`${base}_sum${labels}`, sum],
      [`${base}_count${labels}`, count],
    ]
  })
}

describe('openTelemetryMetrics()', () => {
  let exporter: InMemoryMetricExporter
  let clock: TickingClock
  let provider: MeterProvider
  let stop: () => void

  const collect = async (): Promise<MetricData[]> => {
    await provider.forceFlush()
    return exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  }

  const collectSamples = async (): Promise<Samples> =>
    Object.fromEntries((await collect()).flatMap(samplesOf))

  beforeEach(() => {
    clock = new TickingClock()
    exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
    stop = createOpenTelemetryMetrics(provider.getMeter('mtls-identity'), clock)
  })

  afterEach(async () => {
    stop()
    await provider.shutdown()
  })

  it('measures the same as prometheusMetrics(), by names that become the same there', async () => {
    await makeTraffic(clock)
    expect(await collectSamples()).toEqual(SAMPLES)
  })

  it('gives every metric a unit and a description, and its histograms buckets that fit', async () => {
    await makeTraffic(clock)
    const metrics = await collect()
    expect(metrics.map(({ descriptor: { name, unit } }) => [name, unit])).toEqual([
      ['mtls_identity.requests', '{request}'],
      ['mtls_identity.request.problems', '{problem}'],
      ['mtls_identity.request.denials', '{request}'],
      ['mtls_identity.certificate.cache.lookups', '{lookup}'],
      ['mtls_identity.certificate.parse.duration', 's'],
      ['mtls_identity.certificate.time_to_expiry', 's'],
    ])
    expect(metrics.every(({ descriptor }) => descriptor.description.length > 20)).toBe(true)
    const histograms = metrics.filter(({ dataPointType }) => dataPointType === DataPointType.HISTOGRAM)
    const boundaries = histograms.map(({ dataPoints: [point] }) => point?.value)
    expect(boundaries).toMatchObject([
      { buckets: { boundaries: expect.arrayContaining([0.0001, 0.1]) as number[] } },
      { buckets: { boundaries: expect.arrayContaining([0, 30 * 86_400]) as number[] } },
    ])
  })

  it('measures nothing any more when it is told to end', async () => {
    stop()
    await makeTraffic(clock)
    expect(await collectSamples()).toEqual({})
  })

  it("goes by the system's clock", async () => {
    stop()
    stop = openTelemetryMetrics(provider.getMeter('another'))
    await createOrigin(clock)('/', [])
    expect(await collectSamples()).toEqual({
      'mtls_identity_requests_total{evidence="none",outcome="anonymous"}': 1,
    })
  })

  it.each([
    ['nothing', undefined],
    ['a provider', new MeterProvider()],
  ])('refuses %s', (_what, given) => {
    expect(() => openTelemetryMetrics(given as unknown as OpenTelemetryMeter)).toThrow(
      new TypeError("openTelemetryMetrics(meter) must be given a Meter of '@opentelemetry/api'"),
    )
  })
})
