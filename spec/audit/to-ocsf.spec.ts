import { toOcsf, type AuditRecord } from 'mtls-identity/audit'
import * as contexts from './support/contexts.js'
import { ocsfViolations } from './support/ocsf-violations.js'
import { ABORTED, LOSS, REQUEST, TIME } from './support/requests.js'

const { ISSUER, NOT_AFTER, NOT_BEFORE, SUBJECT, thumbprint } = contexts

const CERTIFICATE = {
  issuer: ISSUER,
  serial_number: '0A1B2C',
  subject: SUBJECT,
  fingerprints: [{ algorithm_id: 3, algorithm: 'SHA-256', value: thumbprint }],
  created_time: NOT_BEFORE.getTime(),
  expiration_time: NOT_AFTER.getTime(),
  sans: [
    { type: 'dNSName', name: 'alice.example' },
    { type: 'uniformResourceIdentifier', name: 'spiffe://example/alice' },
  ],
}

describe('toOcsf', () => {
  it('writes a proven client as a successful authentication', () => {
    expect(toOcsf(contexts.PROVEN, { request: REQUEST })).toEqual({
      activity_id: 99,
      activity_name: 'Request',
      category_uid: 3,
      class_uid: 3002,
      type_uid: 300_299,
      severity_id: 1,
      metadata: { version: '1.7.0', product: { name: 'mtls-identity' } },
      auth_protocol_id: 99,
      auth_protocol: 'Mutual TLS',
      is_remote: true,
      service: { name: 'mtls-identity' },
      status_id: 1,
      status: 'Success',
      user: { name: SUBJECT, uid: thumbprint, type_id: 0 },
      certificate: CERTIFICATE,
      time: Date.parse(TIME),
      http_request: { uid: '7', http_method: 'GET', url: { url_string: '/users/42?full' } },
      http_response: { code: 200, latency: 2 },
      src_endpoint: { ip: '2001:db8::1' },
      unmapped: {
        mtls: {
          evidence: 'certificate',
          verifiedBy: 'edge',
          problems: [],
          asserted: { presented: true, verified: true, revoked: false },
        },
        route: '/users/:id',
        outcome: 'finished',
      },
    })
  })

  it('writes a certificate with problems as a failure, whose user is nobody', () => {
    expect(toOcsf(contexts.PRESENTED)).toMatchObject({
      status_id: 2,
      status: 'Failure',
      status_detail: 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED',
      user: { name: 'unauthenticated', type_id: 0 },
      certificate: CERTIFICATE,
    })
  })

  it('writes an inferred client as unmapped only', () => {
    const { unmapped, ...rest } = toOcsf(contexts.INFERRED)
    expect(unmapped).toMatchObject({ mtls: { inferred: { thumbprint } } })
    expect(rest).toMatchObject({ status_id: 2, user: { name: 'unauthenticated' } })
    expect(JSON.stringify(rest)).not.toMatch(new RegExp(`alice|${thumbprint}`))
  })

  it.each([
    ['pseudonymous', { name: 'redacted', uid: thumbprint, type_id: 0 }],
    ['minimal', { name: 'redacted', type_id: 0 }],
  ] as const)('names no user under the profile %s', (profile, user) => {
    const record = toOcsf(contexts.PROVEN, { profile })
    expect(record['user']).toEqual(user)
    expect(JSON.stringify(record)).not.toContain('alice')
  })

  it('writes what was forwarded as an address and is none as a name', () => {
    expect(toOcsf(undefined, { request: ABORTED })['src_endpoint']).toEqual({ name: 'not an address' })
  })

  it.each<[what: string, record: AuditRecord]>([
    ['a proven client', toOcsf(contexts.PROVEN, { request: REQUEST })],
    ['a certificate with problems', toOcsf(contexts.PRESENTED, { request: REQUEST })],
    ['an inferred client', toOcsf(contexts.INFERRED, { request: REQUEST })],
    ['nobody', toOcsf(contexts.NOBODY, { request: REQUEST })],
    ['an aborted request', toOcsf(undefined, { request: ABORTED })],
    ['a request without addresses', toOcsf(undefined, { request: { ...ABORTED, clientAddress: undefined } })],
    ['a pseudonym', toOcsf(contexts.PROVEN, { request: REQUEST, profile: 'pseudonymous' })],
    ['the least', toOcsf(contexts.PROVEN, { request: REQUEST, profile: 'minimal' })],
  ])('gives what the class Authentication requires: %s', (_what, record) => {
    expect(ocsfViolations(JSON.parse(JSON.stringify(record)) as object, 'authentication')).toEqual([])
  })

  it('says how many records were lost in an event of the base class', () => {
    const record = toOcsf(undefined, { loss: LOSS })
    expect(record).toMatchObject({ class_uid: 0, count: 3, severity_id: 4, time: Date.parse(TIME) })
    expect(ocsfViolations(record, 'base_event')).toEqual([])
  })

  it('is checked by a table that refuses what the class does not have', () => {
    expect(ocsfViolations({ ...toOcsf(undefined), user: { name: 1, cn: 'x' } }, 'authentication')).toEqual([
      'authentication.time is required',
      'authentication.user.name is no string',
      'authentication.user has no cn',
    ])
  })
})
