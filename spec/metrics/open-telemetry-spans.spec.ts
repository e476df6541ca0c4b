import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  ATTR_TLS_CLIENT_HASH_SHA256,
  ATTR_TLS_CLIENT_ISSUER,
  ATTR_TLS_CLIENT_NOT_AFTER,
  ATTR_TLS_CLIENT_NOT_BEFORE,
  ATTR_TLS_CLIENT_SUBJECT,
} from '@opentelemetry/semantic-conventions/incubating'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type express from 'express'
import { connectionId, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { openTelemetrySpans, type OpenTelemetryTrace } from 'mtls-identity/metrics'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { CertificateIdentity } from '../../lib/certificate/identity.js'
import { spanAttributesOf } from '../../lib/metrics/span-attributes.js'
import { forwarded, SHA256_FIELD, transformed } from '../support/cloudflare-fields.js'
import { createIdentity } from '../support/create-identity.js'
import type { FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'
import { createOrigin } from './support/traffic.js'

const authority = createCertificateAuthority()
const notBefore = new Date('2026-01-02T03:04:05Z')
const notAfter = new Date('2099-01-02T03:04:05Z')
const alice = authority.issue({ subject: { commonName: 'alice\nbob' }, notBefore, notAfter })

/** As OpenTelemetry's semantic conventions spell it. */
const CLIENT = {
  [ATTR_TLS_CLIENT_HASH_SHA256]: alice.thumbprint.toUpperCase(),
  [ATTR_TLS_CLIENT_SUBJECT]: String.raw`CN=alice\0Abob`,
  [ATTR_TLS_CLIENT_ISSUER]: 'CN=Test CA',
  [ATTR_TLS_CLIENT_NOT_BEFORE]: '2026-01-02T03:04:05.000Z',
  [ATTR_TLS_CLIENT_NOT_AFTER]: '2099-01-02T03:04:05.000Z',
}

describe('openTelemetrySpans()', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  let stop: () => void

  /** As the instrumentation of `node:http` does it. */
  const traced =
    (tracers: BasicTracerProvider): express.RequestHandler =>
    (_req, res, next) => {
      tracers.getTracer('spec').startActiveSpan('request', (span) => {
        const end = res.end.bind(res)
        res.end = ((...args: []) => {
          span.end()
          return end(...args)
        }) as typeof res.end
        next()
      })
    }

  /** The attributes of the span of a request with these fields. */
  const attributesOf = async (
    fields: FieldLines,
    { path = '/', ...options }: MtlsIdentityOptions & { path?: string } = {},
  ): Promise<unknown> => {
    await createOrigin(new TestClock(), options, traced(provider))(path, fields)
    return exporter.getFinishedSpans().at(-1)?.attributes
  }

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  })

  beforeEach(() => {
    stop = openTelemetrySpans(trace)
  })

  afterEach(() => {
    stop()
    exporter.reset()
  })

  afterAll(async () => {
    context.disable()
    await provider.shutdown()
  })

  it('names a client that the request is evidence for, spelt as in the semantic conventions', async () => {
    expect(await attributesOf([...forwarded(alice), ...transformed(alice)])).toEqual({
      'mtls.evidence': 'certificate',
      'mtls.verified_by': 'edge',
      'mtls.problems': [],
      ...CLIENT,
    })
  })

  it('finds the span of a request that had to wait', async () => {
    const options = {
      edge: cloudflare({ enforced: true }),
      continuity: connectionId('X-Id'),
      wait: { maxMs: 1 },
    }
    const clock = new TestClock()
    const ask = createOrigin(clock, options, traced(provider))
    const after = jest.spyOn(clock, 'after').mockImplementation((_ms, callback) => {
      setImmediate(callback)
      return () => undefined
    })
    await ask('/', [['X-Id', '7']])
    expect(after).toHaveBeenCalledTimes(1)
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({
      'mtls.evidence': 'none',
      'mtls.problems': [],
    })
  })

  it.each<
    [what: string, fields: FieldLines, options: MtlsIdentityOptions & { path?: string }, attributes: object]
  >([
    [
      'refused',
      [[SHA256_FIELD, 'x']],
      {},
      { 'mtls.evidence': 'none', 'mtls.problems': ['ERR_MTLS_FIELD_INVALID'] },
    ],
    [
      'from another peer',
      forwarded(alice),
      { trust: '192.0.2.1' },
      { 'mtls.evidence': 'none', 'mtls.problems': ['ERR_MTLS_UNTRUSTED_PEER'] },
    ],
    [
      'denied',
      [],
      { path: '/admin' },
      {
        'mtls.evidence': 'none',
        'mtls.problems': [],
        'mtls.denied': 'ERR_MTLS_IDENTITY_REQUIRED',
      },
    ],
  ])('says of a request that is %s why', async (_what, fields, options, attributes) => {
    expect(await attributesOf(fields, options)).toEqual(attributes)
  })

  it.each([
    ['is not recorded', { isRecording: () => false, setAttributes: jest.fn() }],
    ['is not there', undefined],
  ])('reads nothing of the certificate for a span that %s', async (_what, span) => {
    stop()
    stop = openTelemetrySpans({ getActiveSpan: () => span })
    const subject = jest.spyOn(CertificateIdentity.prototype, 'subject', 'get')
    await createOrigin(new TestClock())('/', [...forwarded(alice), ...transformed(alice)])
    expect(span?.setAttributes ?? jest.fn()).not.toHaveBeenCalled()
    expect(subject).not.toHaveBeenCalled()
    subject.mockRestore()
  })

  it('sets nothing any more when it is told to end', async () => {
    stop()
    expect(await attributesOf([])).toEqual({})
  })

  it.each([
    ['nothing', undefined],
    ['a provider', provider],
  ])('refuses %s', (_what, given) => {
    expect(() => openTelemetrySpans(given as unknown as OpenTelemetryTrace)).toThrow(
      new TypeError("openTelemetrySpans(trace) must be given the trace of '@opentelemetry/api'"),
    )
  })
})

describe('spanAttributesOf()', () => {
  const identity = createIdentity(alice.der)

  it('has nothing of an inferred client but the thumbprint, in a place of its own', () => {
    const problems = ['ERR_MTLS_IDENTITY_INFERRED'] as const
    const inferred = {
      identity,
      evidence: 'inferred',
      verifiedBy: undefined,
      problems,
      asserted: {},
    } as const
    expect(spanAttributesOf(inferred)).toEqual({
      'mtls.evidence': 'inferred',
      'mtls.problems': problems,
      'mtls.inferred.hash.sha256': alice.thumbprint.toUpperCase(),
    })
  })

  it('leaves out a name that is too long to be one', () => {
    const long = createIdentity(authority.issue({ subject: { commonName: 'a'.repeat(1_022) } }).der)
    const context = {
      identity: long,
      evidence: 'certificate',
      verifiedBy: 'edge',
      problems: [],
      asserted: {},
    } as const
    const attributes = spanAttributesOf(context)
    expect(Object.keys(attributes)).toContain('tls.client.issuer')
    expect(Object.keys(attributes)).not.toContain('tls.client.subject')
  })
})
