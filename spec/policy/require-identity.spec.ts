import express from 'express'
import request from 'supertest'
import { MtlsIdentityError, requireIdentity, type IdentityPolicy, type MtlsContext } from 'mtls-identity'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { CertificateCache } from '../../lib/continuity/certificate-cache.js'
import { attachContext, keeperOf } from '../../lib/request.js'
import { fakeRequest } from '../support/fake-request.js'

const minted = createCertificateAuthority().issue({ subject: { commonName: 'ops' } })
const cache = new CertificateCache(1)
cache.admit(minted.thumbprint, minted.der)
const identity = cache.get(minted.thumbprint)

const SOUND: MtlsContext = {
  identity,
  evidence: 'certificate',
  verifiedBy: 'edge',
  problems: [],
  asserted: {},
}
const asPolicy = (policy: unknown): IdentityPolicy => policy as IdentityPolicy

/** Policies that fail with something that is no error. */
const throwing = (reason: unknown) => (): never => {
  throw reason
}
const rejecting = (reason: unknown) => async (): Promise<never> => {
  await Promise.resolve()
  throw reason
}

/** An application behind a middleware that found this. */
const application = (context: MtlsContext | undefined, guard: express.RequestHandler): express.Express => {
  const app = express()
  app.use((req, _res, next) => {
    if (context) attachContext(keeperOf(req), context)
    next()
  })
  app.get('/', guard, (_req, res) => {
    res.json('passed')
  })
  const asJson: express.ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (res.headersSent) next(error)
    else if (error instanceof MtlsIdentityError) res.status(error.status).json(error.code)
    else res.status(500).json((error as Error).message)
  }
  return app.use(asJson)
}

const ask = async (
  context: MtlsContext | undefined,
  guard: express.RequestHandler,
): Promise<[number, unknown]> => {
  const response = await request(application(context, guard)).get('/')
  return [response.status, response.body as unknown]
}

describe('requireIdentity', () => {
  it('lets a request pass with an identity and no problem', async () => {
    expect(await ask(SOUND, requireIdentity())).toEqual([200, 'passed'])
  })

  it.each<[what: string, policy: IdentityPolicy]>([
    ['true', ({ subject }) => subject.commonName === 'ops'],
    ['a promise of true', ({ thumbprint }) => Promise.resolve(thumbprint === minted.thumbprint)],
    ['true for the request', (_identity, req) => req.mtls.evidence === 'certificate' && req.url === '/'],
  ])('lets a request pass with a policy that returns %s', async (_what, policy) => {
    expect(await ask(SOUND, requireIdentity(policy))).toEqual([200, 'passed'])
  })

  it.each<[what: string, policy: unknown]>([
    ['false', () => false],
    ['undefined', () => undefined],
    ['1', () => 1],
    ["'true'", () => 'true'],
    ['an object', () => ({})],
    ['a Boolean object', () => Object(true) as unknown],
    ['a promise of false', () => Promise.resolve(false)],
    ['a promise of something true', () => Promise.resolve('yes')],
    [
      'a thenable of something true',
      () => ({
        then: (resolve: (value: unknown) => void) => {
          resolve([true])
        },
      }),
    ],
  ])('refuses where the policy returns %s', async (_what, policy) => {
    expect(await ask(SOUND, requireIdentity(asPolicy(policy)))).toEqual([403, 'ERR_MTLS_POLICY_DENIED'])
  })

  it.each<[what: string, policy: unknown, answer: [number, string]]>([
    [
      'throws',
      () => {
        throw new Error('database away')
      },
      [500, 'database away'],
    ],
    ['rejects', () => Promise.reject(new Error('database away')), [500, 'database away']],
    ['throws nothing', throwing(undefined), [403, 'ERR_MTLS_POLICY_DENIED']],
    ["throws 'router', a word of Express's", throwing('router'), [403, 'ERR_MTLS_POLICY_DENIED']],
    ["rejects with 'route'", rejecting('route'), [403, 'ERR_MTLS_POLICY_DENIED']],
  ])('refuses where the policy %s', async (_what, policy, answer) => {
    expect(await ask(SOUND, requireIdentity(asPolicy(policy)))).toEqual(answer)
  })

  it.each<[what: string, context: Partial<MtlsContext>, code: string]>([
    ['without an identity', { identity: undefined, evidence: 'none' }, 'ERR_MTLS_IDENTITY_REQUIRED'],
    [
      'with an inferred identity',
      { evidence: 'inferred', problems: ['ERR_MTLS_IDENTITY_INFERRED'] },
      'ERR_MTLS_IDENTITY_INFERRED',
    ],
    [
      'with a problem, whatever it is',
      { problems: ['ERR_MTLS_CERTIFICATE_REVOKED', 'ERR_MTLS_CERTIFICATE_EXPIRED'] },
      'ERR_MTLS_CERTIFICATE_REVOKED',
    ],
    [
      'from another peer',
      { identity: undefined, problems: ['ERR_MTLS_UNTRUSTED_PEER'] },
      'ERR_MTLS_UNTRUSTED_PEER',
    ],
  ])('refuses a request %s, and asks no policy', async (_what, found, code) => {
    const policy = jest.fn(() => true)
    expect(await ask({ ...SOUND, ...found }, requireIdentity(policy))).toEqual([403, code])
    expect(policy).not.toHaveBeenCalled()
  })

  it('is an error where mtlsIdentity() was forgotten', async () => {
    expect(await ask(undefined, requireIdentity())).toEqual([
      500,
      'mtlsIdentity() must come before requireIdentity()',
    ])
  })

  it.each([
    ['dangerouslyAllowInferred', 'ERR_MTLS_IDENTITY_INFERRED'],
    ['dangerouslyAllowNotVerified', 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
    ['dangerouslyAllowExpired', 'ERR_MTLS_CERTIFICATE_EXPIRED'],
    ['dangerouslyAllowNotYetValid', 'ERR_MTLS_CERTIFICATE_NOT_YET_VALID'],
    ['dangerouslyAllowRevoked', 'ERR_MTLS_CERTIFICATE_REVOKED'],
  ] as const)('overlooks by %s the one problem that it names', async (exception, code) => {
    const guard = requireIdentity(() => true, { [exception]: true })
    expect(await ask({ ...SOUND, problems: [code] }, guard)).toEqual([200, 'passed'])
    const other =
      code === 'ERR_MTLS_CERTIFICATE_REVOKED'
        ? 'ERR_MTLS_CERTIFICATE_EXPIRED'
        : 'ERR_MTLS_CERTIFICATE_REVOKED'
    expect(await ask({ ...SOUND, problems: [code, other] }, guard)).toEqual([403, other])
  })

  it('keeps what it lets pass and what it refuses out of shared caches', async () => {
    const passed = await request(application(SOUND, requireIdentity())).get('/')
    const refused = await request(application({ ...SOUND, identity: undefined }, requireIdentity())).get('/')
    expect([passed.status, passed.get('Cache-Control')]).toEqual([200, 'private'])
    expect([refused.status, refused.get('Cache-Control')]).toEqual([403, 'private'])
  })

  it.each<[what: string, args: readonly unknown[], message: RegExp]>([
    ['a policy that is undefined', [undefined], /must be given a function/],
    ['an empty policy', [{}], /must be given a function/],
    ['a list of policies', [[() => true]], /must be given a function/],
    ['an exception without its name', [() => true, { allowExpired: true }], /has no option 'allowExpired'/],
    [
      'an exception that is no flag',
      [() => true, { dangerouslyAllowExpired: 'yes' }],
      /dangerouslyAllowExpired must be true or false/,
    ],
  ])('does not take %s', (_what, args, message) => {
    const make = (): unknown => (requireIdentity as (...args: readonly unknown[]) => unknown)(...args)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })
})

describe('requireIdentity().authorize', () => {
  const requestWith = (context: MtlsContext): ReturnType<typeof fakeRequest> => {
    const req = fakeRequest()
    attachContext(keeperOf(req), context)
    return req
  }

  it('resolves to the identity that may pass', async () => {
    await expect(requireIdentity().authorize(requestWith(SOUND))).resolves.toBe(identity)
  })

  it('rejects any other', async () => {
    const guard = requireIdentity(() => false)
    await expect(guard.authorize(requestWith(SOUND))).rejects.toMatchObject({
      code: 'ERR_MTLS_POLICY_DENIED',
      status: 403,
    })
  })
})
