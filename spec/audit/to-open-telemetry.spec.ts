import * as conventions from '@opentelemetry/semantic-conventions/incubating'
import { toOpenTelemetry } from 'mtls-identity/audit'
import * as contexts from './support/contexts.js'
import { ABORTED, LOSS, REQUEST, TIME } from './support/requests.js'

const { ISSUER, SUBJECT, thumbprint } = contexts
const KNOWN = new Set<unknown>(Object.values(conventions))

const CERTIFICATE = {
  'hash.sha256': thumbprint.toUpperCase(),
  issuer: ISSUER,
  subject: SUBJECT,
  not_before: '2026-01-02T03:04:05.000Z',
  not_after: '2027-01-02T03:04:05.000Z',
}
const MORE = {
  serial_number: '0A1B2C',
  subject_alt_names: ['dNSName:alice.example', 'uniformResourceIdentifier:spiffe://example/alice'],
}

const under = (prefix: string, attributes: object): object =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [prefix + name, value as unknown]))

const CONTEXT = { 'mtls.evidence': 'certificate', 'mtls.problems': [] }
const TLS_CLIENT = { ...under('tls.client.', CERTIFICATE), ...under('mtls.', MORE) }

describe('toOpenTelemetry', () => {
  it('writes a proven client as user, and its certificate as tls.client', () => {
    expect(toOpenTelemetry(contexts.PROVEN)).toEqual({
      ...CONTEXT,
      'mtls.verified_by': 'edge',
      'mtls.asserted.presented': true,
      'mtls.asserted.verified': true,
      'mtls.asserted.revoked': false,
      ...TLS_CLIENT,
      'user.id': thumbprint,
      'user.name': SUBJECT,
    })
  })

  it('writes a certificate with problems as tls.client, and nobody as user', () => {
    expect(toOpenTelemetry(contexts.PRESENTED)).toEqual({
      ...CONTEXT,
      'mtls.problems': ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
      ...TLS_CLIENT,
    })
  })

  it('writes an inferred client under mtls.inferred only', () => {
    expect(toOpenTelemetry(contexts.INFERRED)).toEqual({
      'mtls.evidence': 'inferred',
      'mtls.verified_by': 'edge',
      'mtls.problems': ['ERR_MTLS_IDENTITY_INFERRED'],
      ...under('mtls.inferred.', { ...CERTIFICATE, ...MORE }),
    })
  })

  it('writes a request', () => {
    expect(toOpenTelemetry(undefined, { request: REQUEST })).toEqual({
      timestamp: TIME,
      'http.request.method': 'GET',
      'http.route': '/users/:id',
      'url.original': '/users/42?full',
      'http.response.status_code': 200,
      'client.address': '2001:db8::1',
      'network.peer.address': '172.16.0.1',
      'mtls.request.id': '7',
      'mtls.request.outcome': 'finished',
      'mtls.request.duration_ms': 1.5,
    })
  })

  it('uses names of the published conventions, or its own', () => {
    const record = toOpenTelemetry(contexts.PROVEN, { request: REQUEST })
    const names = Object.keys(record).filter((name) => name !== 'timestamp' && !name.startsWith('mtls.'))
    expect(names).toHaveLength(13)
    expect(names.filter((name) => !KNOWN.has(name))).toEqual([])
  })

  it.each([contexts.PROVEN, contexts.INFERRED, contexts.UNKNOWN, undefined])(
    'gives attributes of the types that there are',
    (context) => {
      const values = Object.values(toOpenTelemetry(context, { request: ABORTED })).flat()
      expect(values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))).toBe(true)
    },
  )

  it('leaves out what a profile takes away', () => {
    const record = toOpenTelemetry(contexts.INFERRED, { profile: 'pseudonymous' })
    expect(Object.keys(record).filter((name) => name.startsWith('mtls.inferred.'))).toEqual([
      'mtls.inferred.hash.sha256',
      'mtls.inferred.issuer',
      'mtls.inferred.serial_number',
    ])
  })

  it('says how many records were lost', () => {
    expect(toOpenTelemetry(undefined, { loss: LOSS })).toEqual({ timestamp: TIME, 'mtls.lost': 3 })
  })
})
