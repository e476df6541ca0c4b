import * as client from 'prom-client'
import { prometheusMetrics, type PromClient, type PrometheusOptions } from 'mtls-identity/metrics'
import { createPrometheusMetrics } from '../../lib/metrics/prometheus.js'
import { readBuckets, readSamples } from './support/prometheus-text.js'
import { createOrigin, makeTraffic, SAMPLES, TickingClock } from './support/traffic.js'

describe('prometheusMetrics()', () => {
  let clock: TickingClock
  let register: client.Registry
  let stop: () => void

  beforeEach(() => {
    clock = new TickingClock()
    register = new client.Registry()
    stop = createPrometheusMetrics(client, { register }, clock)
  })

  afterEach(() => {
    stop()
  })

  it('measures requests, certificates and denials', async () => {
    await makeTraffic(clock)
    expect(readSamples(await register.metrics())).toEqual(SAMPLES)
  })

  it('puts days to expiry and times to parse into buckets that fit them', async () => {
    await makeTraffic(clock)
    const text = await register.metrics()
    const expiry = readBuckets(text, 'mtls_identity_certificate_time_to_expiry_seconds', 'verified_by="edge"')
    const days = Object.entries(expiry).map(([bound, count]) => [
      Number(bound.replace('+Inf', 'Infinity')) / 86_400,
      count,
    ])
    expect(days.slice(0, 5)).toEqual([
      [0, 0],
      [1, 0],
      [7, 0],
      [14, 1],
      [30, 1],
    ])
    expect(
      readBuckets(text, 'mtls_identity_certificate_parse_duration_seconds', 'source="request"'),
    ).toMatchObject({
      '0.0025': 0,
      '0.005': 1,
      '+Inf': 1,
    })
  })

  it('has every series from the start, at 0, so that the first increase is seen', async () => {
    const series = (text: string): string[] => text.split('\n').map((line) => line.replace(/ [^ ]+$/, ''))
    const before = await register.metrics()
    expect(readSamples(before)).toEqual({})
    await makeTraffic(clock)
    expect(series(await register.metrics())).toEqual(series(before))
  })

  it('measures nothing any more when it is told to end, and keeps what it has', async () => {
    await createOrigin(clock)('/', [])
    const before = await register.metrics()
    stop()
    await createOrigin(clock)('/', [])
    expect(await register.metrics()).toBe(before)
  })

  it("uses the package's own registry and the system's clock by default", async () => {
    const end = prometheusMetrics(client)
    await createOrigin(clock)('/', [])
    end()
    const text = await client.register.metrics()
    client.register.clear()
    expect(readSamples(text)).toEqual({
      'mtls_identity_requests_total{evidence="none",outcome="anonymous"}': 1,
    })
  })

  it('is refused by a registry that has the metrics already', () => {
    expect(() => prometheusMetrics(client, { register })).toThrow('already been registered')
  })

  it.each<[what: string, given: unknown, options: unknown, message: string]>([
    ['nothing', undefined, {}, "prometheusMetrics(client) must be given the package 'prom-client'"],
    [
      'a registry',
      new client.Registry(),
      {},
      "prometheusMetrics(client) must be given the package 'prom-client'",
    ],
    [
      'an unknown option',
      client,
      { registry: 1 },
      "prometheusMetrics() has no option 'registry'; its options are register",
    ],
  ])('refuses %s', (_what, given, options, message) => {
    const run = (): unknown =>
      prometheusMetrics(given as PromClient<unknown>, options as PrometheusOptions<unknown>)
    expect(run).toThrow(new TypeError(message))
  })
})
