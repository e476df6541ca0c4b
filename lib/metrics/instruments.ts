import { DAY_MS } from '../events/daily.js'
import type { LabelValues } from './label-sets.js'
import {
  CACHE_RESULTS,
  CODES,
  EVIDENCES,
  OPERATIONS,
  OUTCOMES,
  RESULTS,
  SOURCES,
  VERIFIERS,
} from './label-values.js'

/** What is measured, by OpenTelemetry's naming: no unit in the name, durations in seconds. */
export type InstrumentDefinition = CounterDefinition | HistogramDefinition

interface CounterDefinition extends Description {
  readonly kind: 'counter'
}

interface HistogramDefinition extends Description {
  readonly kind: 'histogram'
  /** Upper bounds, in the instrument's unit. */
  readonly buckets: readonly number[]
}

interface Description {
  readonly name: string
  readonly unit: string
  readonly description: string
  readonly labels: LabelValues
}

const DAY_SECONDS = DAY_MS / 1_000

export const INSTRUMENTS = {
  requests: {
    kind: 'counter',
    name: 'mtls_identity.requests',
    unit: '{request}',
    description: 'Requests, each once: by evidence, and by what became of them.',
    labels: { evidence: EVIDENCES, outcome: OUTCOMES },
  },
  problems: {
    kind: 'counter',
    name: 'mtls_identity.request.problems',
    unit: '{problem}',
    description: 'Problems of requests; a request may have none or several.',
    labels: { evidence: EVIDENCES, problem: CODES },
  },
  denials: {
    kind: 'counter',
    name: 'mtls_identity.request.denials',
    unit: '{request}',
    description: 'Requests that a guard did not let pass, by the code of the error.',
    labels: { code: CODES },
  },
  cacheLookups: {
    kind: 'counter',
    name: 'mtls_identity.certificate.cache.lookups',
    unit: '{lookup}',
    description: 'Requests with a certificate, by whether this process knew it already (hit) or not (miss).',
    labels: { result: CACHE_RESULTS },
  },
  parseDuration: {
    kind: 'histogram',
    name: 'mtls_identity.certificate.parse.duration',
    unit: 's',
    description: 'Time that checking and parsing a new certificate took.',
    labels: { source: SOURCES },
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1],
  },
  timeToExpiry: {
    kind: 'histogram',
    name: 'mtls_identity.certificate.time_to_expiry',
    unit: 's',
    description: 'Time until a certificate in use expires, once a day for each; 0 if it has.',
    labels: { verified_by: VERIFIERS },
    buckets: [0, 1, 7, 14, 30, 60, 90, 180, 365].map((days) => days * DAY_SECONDS),
  },
  storeCallDuration: {
    kind: 'histogram',
    name: 'mtls_identity.store.call.duration',
    unit: 's',
    description: 'Time that calls to the shared store took.',
    labels: { operation: OPERATIONS, result: RESULTS },
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
  },
  storeOutages: {
    kind: 'counter',
    name: 'mtls_identity.store.outages',
    unit: '{outage}',
    description: 'Times that the shared store began to fail.',
    labels: {},
  },
  storeRecoveries: {
    kind: 'counter',
    name: 'mtls_identity.store.recoveries',
    unit: '{outage}',
    description: 'Times that the shared store worked again after it failed.',
    labels: {},
  },
  storePoisonings: {
    kind: 'counter',
    name: 'mtls_identity.store.poisonings',
    unit: '{value}',
    description: 'Values from the shared store that do not belong to their key.',
    labels: {},
  },
  poolingProofs: {
    kind: 'counter',
    name: 'mtls_identity.pooling.proofs',
    unit: '{proof}',
    description: 'Times that the edge was seen to share origin connections between clients.',
    labels: {},
  },
} as const satisfies Record<string, InstrumentDefinition>

export type Instrument = keyof typeof INSTRUMENTS

/** A value for each label of an instrument. */
export type Labels<I extends Instrument> = Readonly<Record<keyof (typeof INSTRUMENTS)[I]['labels'], string>>

/** Adds to a counter, or puts a value into a histogram. */
export type Measure = <I extends Instrument>(instrument: I, value: number, labels: Labels<I>) => void
