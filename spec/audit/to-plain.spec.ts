import { toPlain } from 'mtls-identity/audit'
import { buildCertificate, subjectAltName } from '../support/build-certificate.js'
import { createIdentity } from '../support/create-identity.js'
import { ascii, tlv } from '../support/der.js'
import * as contexts from './support/contexts.js'
import { ABORTED, LOSS, REQUEST, TIME } from './support/requests.js'

const { contextWith, ISSUER, SUBJECT, thumbprint } = contexts

const FACTS = {
  thumbprint,
  serialNumber: '0A1B2C',
  issuer: ISSUER,
  subject: SUBJECT,
  subjectAltName: [
    { type: 'dNSName', value: 'alice.example' },
    { type: 'uniformResourceIdentifier', value: 'spiffe://example/alice' },
  ],
  notBefore: '2026-01-02T03:04:05.000Z',
  notAfter: '2027-01-02T03:04:05.000Z',
}

describe('toPlain', () => {
  it('writes a proven client as client', () => {
    expect(toPlain(contexts.PROVEN)).toEqual({
      evidence: 'certificate',
      verifiedBy: 'edge',
      problems: [],
      asserted: { presented: true, verified: true, revoked: false },
      client: FACTS,
    })
  })

  it.each([
    ['presented, where something speaks against it', contexts.PRESENTED, { presented: FACTS }],
    ['inferred, whatever else is said', contextWith({ evidence: 'inferred' }), { inferred: FACTS }],
    ['nowhere, where it is not known', contexts.UNKNOWN, {}],
    ['nowhere, where there is none', contexts.NOBODY, {}],
  ])('writes an identity %s', (_what, context, places) => {
    const { client, presented, inferred } = toPlain(context)
    expect({ client, presented, inferred }).toEqual(places)
  })

  it('tells absent, unknown, and never asked', () => {
    expect(toPlain(contexts.NOBODY)).toEqual({ evidence: 'none', problems: [] })
    expect(toPlain(contexts.UNKNOWN)).toEqual({
      evidence: 'thumbprint',
      problems: ['ERR_MTLS_CERTIFICATE_UNKNOWN'],
    })
    expect(toPlain(undefined)).toEqual({})
  })

  it('writes what is known about the request', () => {
    expect(toPlain(undefined, { request: REQUEST })).toEqual({
      time: TIME,
      requestId: '7',
      method: 'GET',
      route: '/users/:id',
      url: '/users/42?full',
      status: 200,
      outcome: 'finished',
      durationMs: 1.5,
      peer: '172.16.0.1',
      clientAddress: '2001:db8::1',
    })
    expect(Object.keys(toPlain(undefined, { request: ABORTED }))).not.toContain('status')
  })

  it('writes how many records were lost, and nothing else', () => {
    expect(toPlain(contexts.PROVEN, { loss: LOSS })).toEqual({ time: TIME, lost: 3 })
  })

  it('writes what the edge asserted', () => {
    const asserted = {
      subject: 'CN=a\x1b',
      notAfter: contexts.NOT_AFTER,
      notBefore: new Date(Number.NaN),
      dnsNames: ['a\u202e'],
    }
    expect(toPlain(contextWith({ asserted }))['asserted']).toEqual({
      subject: 'CN=a\\u{1B}',
      notAfter: FACTS.notAfter,
      notBefore: null,
      dnsNames: ['a\\u{202E}'],
    })
  })

  describe('under a profile', () => {
    const asserted = { verified: true, thumbprint, subject: SUBJECT, issuer: ISSUER, serialNumber: '0A1B2C' }
    const context = contextWith({ asserted })

    it('is pseudonymous: thumbprint, serial number and issuer', () => {
      expect(toPlain(context, { profile: 'pseudonymous' })).toEqual({
        evidence: 'certificate',
        verifiedBy: 'edge',
        problems: [],
        asserted: { verified: true, thumbprint, issuer: ISSUER, serialNumber: '0A1B2C' },
        client: { thumbprint, serialNumber: '0A1B2C', issuer: ISSUER },
      })
    })

    it('takes the issuer away where it is the subject', () => {
      const identity = createIdentity(buildCertificate())
      const record = toPlain(
        contextWith({ identity, asserted: { subject: 'CN=alice', issuer: 'CN=alice' } }),
        {
          profile: 'pseudonymous',
        },
      )
      expect(record).toMatchObject({ client: { issuer: 'redacted' } })
      expect(JSON.stringify(record)).not.toContain('alice')
    })

    it('is minimal: that there is one', () => {
      expect(toPlain(context, { profile: 'minimal' })).toEqual({
        evidence: 'certificate',
        verifiedBy: 'edge',
        problems: [],
        asserted: { verified: true },
        client: {},
      })
    })
  })

  it('writes twenty of a thousand names, and how many are left out', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => tlv(0x82, ascii(`host-${index}.example`)))
    const identity = createIdentity(buildCertificate({ extensions: [subjectAltName(...names)] }))
    const record = toPlain(contextWith({ identity }))
    const written = (record['client'] as typeof FACTS).subjectAltName
    expect(written).toHaveLength(21)
    expect(written.at(-1)).toEqual({ type: 'omitted', value: '\\{980 more}' })
    expect(JSON.stringify(record).length).toBeLessThan(2_000)
  })
})
