import { EcsVersion } from '@elastic/ecs'
import { toEcs, type AuditRecord } from 'mtls-identity/audit'
import * as contexts from './support/contexts.js'
import { ecsViolations } from './support/ecs-violations.js'
import { flatten } from './support/flatten.js'
import { ABORTED, LOSS, REQUEST, TIME } from './support/requests.js'

const { contextWith, ISSUER, SUBJECT, thumbprint } = contexts
const SHA256 = thumbprint.toUpperCase()
const VALIDITY = { not_before: '2026-01-02T03:04:05.000Z', not_after: '2027-01-02T03:04:05.000Z' }

const TLS = {
  client: {
    hash: { sha256: SHA256 },
    subject: SUBJECT,
    issuer: ISSUER,
    ...VALIDITY,
    x509: {
      serial_number: '0A1B2C',
      ...VALIDITY,
      alternative_names: ['alice.example', 'spiffe://example/alice'],
      subject: {
        distinguished_name: 'C=NL,O=Example\\, Inc.,CN=alice',
        common_name: ['alice'],
        country: ['NL'],
        organization: ['Example, Inc.'],
      },
      issuer: { distinguished_name: 'C=NL,CN=Issuing CA', common_name: ['Issuing CA'], country: ['NL'] },
    },
  },
}

const USER = { id: thumbprint, name: SUBJECT }

/** Whether alice is found in a part of a record. */
const mentionsAlice = (part: unknown): boolean => JSON.stringify(part).includes('alice')

describe('toEcs', () => {
  it('writes a proven client as user, and its certificate as tls.client', () => {
    expect(toEcs(contexts.PROVEN)).toEqual({
      ecs: { version: EcsVersion },
      tls: TLS,
      user: USER,
      mtls: {
        evidence: 'certificate',
        verifiedBy: 'edge',
        problems: [],
        asserted: { presented: true, verified: true, revoked: false },
      },
    })
  })

  it('writes a certificate with problems as tls.client, and nobody as user', () => {
    expect(toEcs(contexts.PRESENTED)).toEqual({
      ecs: { version: EcsVersion },
      tls: TLS,
      mtls: { evidence: 'certificate', problems: ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'] },
    })
  })

  it('writes an inferred client in mtls only', () => {
    const { mtls, ...rest } = toEcs(contexts.INFERRED)
    expect(mtls).toMatchObject({ evidence: 'inferred', inferred: { thumbprint, subject: SUBJECT } })
    expect(rest).toEqual({ ecs: { version: EcsVersion } })
    expect(mentionsAlice(rest)).toBe(false)
  })

  it('writes the request in fields of ECS', () => {
    const {
      '@timestamp': time,
      event,
      http,
      url,
      labels,
      client,
      source,
    } = toEcs(undefined, { request: REQUEST })
    expect({ time, event, http, url, labels, client, source }).toEqual({
      time: TIME,
      event: {
        kind: 'event',
        category: ['web'],
        type: ['access'],
        dataset: 'mtls-identity.audit',
        outcome: 'success',
        duration: 1_500_000,
      },
      http: { request: { id: '7', method: 'GET' }, response: { status_code: 200 } },
      url: { original: '/users/42?full' },
      labels: { route: '/users/:id', outcome: 'finished' },
      client: { address: '2001:db8::1', ip: '2001:db8::1' },
      source: { address: '172.16.0.1', ip: '172.16.0.1' },
    })
  })

  it.each([
    [REQUEST, 'success'],
    [{ ...REQUEST, status: 403 }, 'failure'],
    [{ ...REQUEST, outcome: 'aborted' as const }, 'unknown'],
    [ABORTED, 'unknown'],
  ])('says how a request ended', (request, outcome) => {
    expect(toEcs(undefined, { request })['event']).toMatchObject({ outcome })
  })

  it.each(['unknown', '10.0.0.1, 10.0.0.2', 'fe80::1%eth0', '1.2.3'])(
    'writes %s, which is no address, as client.address only',
    (clientAddress) => {
      const { client } = toEcs(undefined, { request: { ...REQUEST, clientAddress } })
      expect(client).toEqual({ address: clientAddress })
    },
  )

  it('leaves out what a profile takes away', () => {
    const pseudonymous = toEcs(contexts.PROVEN, { profile: 'pseudonymous' })
    expect(pseudonymous).toMatchObject({
      user: { id: thumbprint },
      tls: { client: { hash: { sha256: SHA256 }, issuer: ISSUER, x509: { serial_number: '0A1B2C' } } },
    })
    expect(mentionsAlice(pseudonymous)).toBe(false)
    const minimal = toEcs(contexts.PROVEN, { profile: 'minimal' })
    expect(Object.keys(minimal)).toEqual(['mtls', 'ecs'])
  })

  it.each<[what: string, record: AuditRecord]>([
    ['a proven client', toEcs(contexts.PROVEN, { request: REQUEST })],
    ['a certificate with problems', toEcs(contexts.PRESENTED, { request: REQUEST })],
    ['an inferred client', toEcs(contexts.INFERRED, { request: REQUEST })],
    ['nobody', toEcs(contexts.NOBODY, { request: REQUEST })],
    ['an aborted request', toEcs(undefined, { request: ABORTED })],
    ['a pseudonym', toEcs(contexts.PROVEN, { request: REQUEST, profile: 'pseudonymous' })],
    ['a loss', toEcs(undefined, { loss: LOSS })],
  ])('gives ECS records that its published schema takes: %s', (_what, record) => {
    expect(ecsViolations(JSON.parse(JSON.stringify(record)) as object)).toEqual([])
    expect(flatten(record).has('@timestamp')).toBe(true)
  })

  it('is checked by a schema that refuses what ECS does not have', () => {
    expect(
      ecsViolations({ 'tls.client.serial': '1', client: { ip: 'x' }, event: { kind: 'x' }, tags: 'x' }),
    ).toHaveLength(4)
  })

  it('says how many records were lost', () => {
    expect(toEcs(contextWith(), { loss: LOSS })).toMatchObject({ '@timestamp': TIME, mtls: { lost: 3 } })
  })
})
