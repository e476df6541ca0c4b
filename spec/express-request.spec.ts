import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import express from 'express'
import { mtlsIdentity, type MtlsContext } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import request from 'supertest'
import { attachContext, contextOf, keeperOf } from '../lib/request.js'
import { forwarded } from './support/cloudflare-fields.js'
import { createIdentity } from './support/create-identity.js'

const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const FIELDS = Object.fromEntries(forwarded(alice))
const middleware = mtlsIdentity({ trust: 'loopback', edge: cloudflare({ enforced: true }) })

const CONTEXT: MtlsContext = {
  identity: undefined,
  evidence: 'none',
  verifiedBy: undefined,
  problems: [],
  asserted: {},
}

const whoIsIt: express.RequestHandler = (req, res) => {
  res.json([req.clientCertificate?.subject, contextOf(req)?.evidence])
}

/** Whether a request has a property `mtls` of its own, and how many others that a context could be in. */
const whatIsThere: express.RequestHandler = (req, res) => {
  const keys = [...Reflect.ownKeys(req), ...Reflect.ownKeys(req.rawHeaders)]
  const symbols = keys.filter((key) => typeof key === 'symbol')
  res.json([keys.includes('mtls'), symbols.length, Object.keys(req.rawHeaders).length])
}

const ask = async (app: express.Express, path = '/'): Promise<unknown> =>
  (await request(app).get(path).set(FIELDS)).body as unknown

describe('a request of Express', () => {
  it('holds its context where nobody sees or copies it', async () => {
    const app = express().use(middleware, whatIsThere)
    const bare = express().use(whatIsThere)
    const seen = await ask(bare)
    expect(seen).toEqual([false, expect.any(Number), expect.any(Number)])
    expect(await ask(app)).toEqual(seen)
  })

  it('shows its context to every application that it is handed on to', async () => {
    const inner = express().use('/end', whoIsIt)
    const [first, second] = [express(), express()]
    for (const outer of [first, second]) outer.use(middleware).use(inner).use(whoIsIt)
    const expected = ['CN=alice', 'certificate']
    expect([await ask(first, '/end'), await ask(second, '/end'), await ask(second)]).toEqual([
      expected,
      expected,
      expected,
    ])
  })

  it('shows its context to the application that it comes back to', async () => {
    const outer = express().use(express().use(middleware)).use(whoIsIt)
    expect(await ask(outer)).toEqual(['CN=alice', 'certificate'])
  })

  it('has the context that somebody else puts in place of the first one', async () => {
    const app = express().use(middleware, (req, _res, next) => {
      req.mtls = { ...req.mtls, evidence: 'inferred' }
      next()
    })
    expect(await ask(app.use(whoIsIt))).toEqual(['CN=alice', 'inferred'])
  })

  it('has the certificate that somebody else puts in place, as another copy of this package does', async () => {
    const app = express().use(middleware, (req, _res, next) => {
      Object.assign(req, { clientCertificate: { subject: 'CN=bob' } })
      next()
    })
    expect(await ask(app.use(whoIsIt))).toEqual(['CN=bob', 'certificate'])
  })

  it('can be made from the prototype, for the specs of others', () => {
    const req = Object.create(express.request) as express.Request
    expect([req.mtls, req.clientCertificate]).toEqual([undefined, undefined])
    req.mtls = CONTEXT
    expect(req.mtls).toBe(CONTEXT)
    expect((express.request as Partial<express.Request>).mtls).toBeUndefined()
  })
})

/** A request of an application whose prototypes are these, the first one on top. */
const requestUnder = (...prototypes: readonly object[]): IncomingMessage => {
  const app: { request?: object } = {}
  app.request = Object.create(
    prototypes.reduce((above, own) => Object.create(above, Object.getOwnPropertyDescriptors(own)) as object),
    {
      app: { value: app },
    },
  ) as object
  return Object.setPrototypeOf(new IncomingMessage(new Socket()), app.request) as IncomingMessage
}

describe('a request of something like Express', () => {
  it('has a context of its own where the prototypes are not of IncomingMessage', () => {
    const top = {}
    const req = requestUnder(top)
    attachContext(keeperOf(req), CONTEXT)
    expect(contextOf(req)).toBe(CONTEXT)
    expect([Object.hasOwn(req, 'mtls'), Reflect.ownKeys(top)]).toEqual([false, []])
  })

  it.each(['mtls', 'clientCertificate'])('has a property of its own where %s is taken', (name) => {
    const req = requestUnder(IncomingMessage.prototype, { [name]: 'taken' })
    attachContext(keeperOf(req), CONTEXT)
    expect([contextOf(req), Object.hasOwn(req, 'mtls')]).toEqual([CONTEXT, true])
    expect((req as express.Request).clientCertificate).toBeUndefined()
  })
})

describe('any other request', () => {
  it('has a property of its own, and nothing is done to its prototype', () => {
    const req = new IncomingMessage(new Socket())
    attachContext(keeperOf(req), CONTEXT)
    expect(Object.hasOwn(req, 'mtls')).toBe(true)
    expect('mtls' in IncomingMessage.prototype).toBe(false)
  })

  it('has the certificate of its latest context', () => {
    const req = new IncomingMessage(new Socket())
    const identity = createIdentity(alice.der)
    attachContext(keeperOf(req), { ...CONTEXT, identity })
    expect(req).toHaveProperty('clientCertificate', identity.certificate)
    attachContext(keeperOf(req), CONTEXT)
    expect(req).toHaveProperty('clientCertificate', undefined)
  })
})
