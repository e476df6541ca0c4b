import express from 'express'
import { mtlsIdentity, requireIdentity, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import request from 'supertest'
import { contextOf } from '../../lib/request.js'
import { forwarded, SHA256_FIELD, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { hear, type Heard } from './support/hear.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })
const DECLARED: MtlsIdentityOptions = { trust: 'loopback', edge: cloudflare({ enforced: true }) }
const MALFORMED: FieldLines = [
  ['Cf-Client-Cert-Der-Base64', '%'],
  [SHA256_FIELD, alice.thumbprint],
]
const MISMATCHED: FieldLines = [...forwarded(alice).slice(0, 1), [SHA256_FIELD, bob.thumbprint]]

const throwing = (reason: unknown) => (): never => {
  throw reason
}

const hearOutcomes = (): Heard[] =>
  hear(
    'mtls-identity:recognised',
    'mtls-identity:refused',
    'mtls-identity:untrusted-peer',
    'mtls-identity:thumbprint-mismatch',
    'mtls-identity:denied',
  )

describe('mtls-identity:recognised', () => {
  it.each<[what: string, fields: FieldLines, evidence: string]>([
    ['with a certificate', forwarded(alice), 'certificate'],
    ['without one', [], 'none'],
  ])('carries the request %s and the context that is attached to it', async (_what, fields, evidence) => {
    const heard = hearOutcomes()
    const req = fakeRequest({ fields })
    const context = await mtlsIdentity(DECLARED).identify(req)
    expect(heard).toEqual([['recognised', { request: req, context }]])
    expect(heard[0]?.[1]).toMatchObject({ context: { evidence, problems: [] } })
    expect(contextOf(req)).toBe(context)
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })

  it('comes once for a request that is asked about twice', async () => {
    const heard = hearOutcomes()
    const middleware = mtlsIdentity(DECLARED)
    const req = fakeRequest({ fields: forwarded(alice) })
    await middleware.identify(req)
    await middleware.identify(req)
    expect(heard).toHaveLength(1)
  })

  it('comes when what the request waits for has been decided', async () => {
    const heard = hearOutcomes()
    const middleware = mtlsIdentity({ ...DECLARED, edge: cloudflare({ clientAuthHeaders: true }) })
    const waiting = middleware.identify(fakeRequest({ fields: transformed(alice) }))
    expect(heard).toEqual([])
    await middleware.identify(fakeRequest({ fields: [...forwarded(alice), ...transformed(alice)] }))
    await waiting
    expect(heard).toMatchObject([
      ['recognised', { context: { evidence: 'certificate' } }],
      ['recognised', { context: { evidence: 'thumbprint' } }],
    ])
  })
})

describe('mtls-identity:refused', () => {
  it.each<[what: string, fields: FieldLines, code: string]>([
    ['malformed', MALFORMED, 'ERR_MTLS_FIELD_INVALID'],
    ['contradictory', forwarded({ ...alice, der: Uint8Array.of(0x30, 0) }), 'ERR_MTLS_THUMBPRINT_MISMATCH'],
  ])('carries the code where the fields are %s', async (_what, fields, code) => {
    const heard = hear('mtls-identity:refused')
    const req = fakeRequest({ fields })
    await expect(mtlsIdentity(DECLARED).identify(req)).rejects.toMatchObject({ code })
    expect(heard).toEqual([['refused', { request: req, code }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
    expect(contextOf(req)?.problems).toEqual([code])
  })

  it('comes in place of `recognised` where the request goes on', async () => {
    const heard = hearOutcomes()
    const req = fakeRequest({ fields: MALFORMED })
    const { problems } = await mtlsIdentity({ ...DECLARED, onInvalid: 'ignore' }).identify(req)
    expect(heard).toEqual([['refused', { request: req, code: problems[0] }]])
    expect(contextOf(req)?.problems).toBe(problems)
  })

  it('does not come for what an edge of the operator throws', async () => {
    const heard = hearOutcomes()
    const edge = {
      ...cloudflare(),
      read: () => {
        throw new RangeError('no such field')
      },
    }
    await expect(mtlsIdentity({ ...DECLARED, edge }).identify(fakeRequest())).rejects.toThrow(RangeError)
    expect(heard).toEqual([])
  })
})

describe('mtls-identity:thumbprint-mismatch', () => {
  it.each(['reject', 'ignore'] as const)('comes besides `refused` (%s)', async (onInvalid) => {
    const heard = hearOutcomes()
    const req = fakeRequest({ fields: MISMATCHED })
    await mtlsIdentity({ ...DECLARED, onInvalid })
      .identify(req)
      .catch(() => undefined)
    const code = 'ERR_MTLS_THUMBPRINT_MISMATCH'
    expect(heard).toEqual([
      ['refused', { request: req, code }],
      ['thumbprint-mismatch', { request: req }],
    ])
  })

  it('has subscribers of its own', async () => {
    const heard = hear('mtls-identity:thumbprint-mismatch')
    const middleware = mtlsIdentity({ ...DECLARED, onInvalid: 'ignore' })
    await middleware.identify(fakeRequest({ fields: MALFORMED }))
    expect(heard).toEqual([])
    await middleware.identify(fakeRequest({ fields: MISMATCHED }))
    expect(heard).toHaveLength(1)
  })
})

describe('mtls-identity:untrusted-peer', () => {
  it('comes in place of `recognised`, with a request that the fields are off', async () => {
    const heard = hearOutcomes()
    const req = fakeRequest({ fields: forwarded(alice), socket: loopbackSocket('203.0.113.9') })
    await mtlsIdentity(DECLARED).identify(req)
    expect(heard).toEqual([['untrusted-peer', { request: req }]])
    expect(JSON.stringify([req.headers, req.rawHeaders])).not.toContain(alice.thumbprint)
  })

  it('does not come for a request that another middleware has recognised', async () => {
    const heard = hearOutcomes()
    const req = fakeRequest({ fields: forwarded(alice) })
    await mtlsIdentity(DECLARED).identify(req)
    await mtlsIdentity({ ...DECLARED, trust: '192.0.2.1' }).identify(req)
    expect(heard.map(([name]) => name)).toEqual(['recognised'])
  })
})

describe('mtls-identity:denied', () => {
  const ask = async (guard: express.RequestHandler, fields: FieldLines): Promise<number> => {
    const app = express().set('env', 'test')
    app.use(mtlsIdentity(DECLARED), guard, (_req, res) => res.end())
    return (await request(app).get('/').set(Object.fromEntries(fields))).status
  }

  it.each<[what: string, fields: FieldLines, guard: express.RequestHandler, code: string]>([
    ['has no certificate', [], requireIdentity(), 'ERR_MTLS_IDENTITY_REQUIRED'],
    ['the policy does not allow', forwarded(alice), requireIdentity(() => false), 'ERR_MTLS_POLICY_DENIED'],
    [
      'the policy throws what is no error at',
      forwarded(alice),
      requireIdentity(throwing('no')),
      'ERR_MTLS_POLICY_DENIED',
    ],
    [
      'has a problem',
      forwarded(
        authority.issue({ subject: { commonName: 'late' }, notAfter: new Date(0), notBefore: new Date(0) }),
      ),
      requireIdentity(),
      'ERR_MTLS_CERTIFICATE_EXPIRED',
    ],
  ])('carries the code for a client that %s', async (_what, fields, guard, code) => {
    const heard = hear('mtls-identity:denied')
    expect(await ask(guard, fields)).toBe(403)
    expect(heard).toMatchObject([['denied', { code, request: { url: '/' } }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })

  it('does not come for who may pass', async () => {
    const heard = hear('mtls-identity:denied')
    expect(await ask(requireIdentity(), forwarded(alice))).toBe(200)
    expect(heard).toEqual([])
  })
})
