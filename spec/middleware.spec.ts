import http from 'node:http'
import http2 from 'node:http2'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { mtlsIdentity, MtlsIdentityError, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare, type Edge } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import request from 'supertest'
import { ANONYMOUS, forwarded, transformed } from './support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from './support/fake-request.js'
import type { FieldLines } from './support/raw-client.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const DECLARED: MtlsIdentityOptions = { trust: 'loopback', edge: cloudflare({ enforced: true }) }
const DAMAGED: FieldLines = [...forwarded(alice).slice(0, 1)]
const NOBODY = { identity: undefined, evidence: 'none', verifiedBy: undefined, asserted: {} }

const identify = (options: MtlsIdentityOptions, fields: FieldLines): Promise<MtlsContext> =>
  mtlsIdentity(options).identify(fakeRequest({ fields }))

describe('mtlsIdentityMiddleware', () => {
  it('has a name of its own in stack traces', () => {
    expect(mtlsIdentity().name).toBe('mtlsIdentityMiddleware')
  })

  it('attaches the context and the certificate to an Express request', async () => {
    const app = express()
    app.use(mtlsIdentity(DECLARED))
    app.get('/', (req, res) => {
      const { clientCertificate, mtls } = req
      res.json([clientCertificate?.subject, mtls.identity?.certificate === clientCertificate, mtls.evidence])
    })
    const fields = Object.fromEntries(forwarded(alice))
    expect((await request(app).get('/').set(fields)).body).toEqual(['CN=alice', true, 'certificate'])
    expect((await request(app).get('/')).body).toEqual([null, true, 'none'])
  })

  it('puts its accessor on the application, and never on what belongs to Node', async () => {
    const app = express()
    app.use(mtlsIdentity(DECLARED), (req, res) => res.json(Object.hasOwn(req, 'clientCertificate')))
    expect((await request(app).get('/')).body).toBe(false)
    expect('clientCertificate' in http.IncomingMessage.prototype).toBe(false)
    const req = fakeRequest()
    await mtlsIdentity(DECLARED).identify(req)
    expect(Object.hasOwn(req, 'clientCertificate')).toBe(true)
  })

  it('hands a coded error to Express, with the context attached', async () => {
    const app = express()
    app.use(mtlsIdentity(DECLARED))
    const report: express.ErrorRequestHandler = (error: unknown, req, res, next) => {
      if (!(error instanceof MtlsIdentityError)) {
        next(error)
        return
      }
      const { code, status, expose, message } = error
      res.json({ code, status, expose, message, problems: req.mtls.problems })
    }
    app.use(report)
    expect((await request(app).get('/').set(Object.fromEntries(DAMAGED))).body).toEqual({
      code: 'ERR_MTLS_THUMBPRINT_MISMATCH',
      status: 400,
      expose: false,
      message: 'The client certificate and its SHA-256 do not agree.',
      problems: ['ERR_MTLS_THUMBPRINT_MISMATCH'],
    })
  })

  it("answers 400 by Express's own error handling", async () => {
    const app = express().set('env', 'test')
    app.use(mtlsIdentity(DECLARED))
    const { status, text } = await request(app).get('/').set(Object.fromEntries(DAMAGED))
    expect(status).toBe(400)
    expect(text).not.toContain('CN=alice')
  })

  it('lets a refused request go on without an identity where it is told to', async () => {
    expect(await identify({ ...DECLARED, onInvalid: 'ignore' }, DAMAGED)).toMatchObject({
      ...NOBODY,
      problems: ['ERR_MTLS_THUMBPRINT_MISMATCH'],
    })
  })

  it('hands on what an edge of the operator throws', async () => {
    const edge: Edge = {
      ...cloudflare(),
      read: () => {
        throw new RangeError('no such field')
      },
    }
    const next = jest.fn()
    const req = fakeRequest()
    mtlsIdentity({ ...DECLARED, edge })(req, new http.ServerResponse(req), next)
    expect(next).toHaveBeenCalledWith(new RangeError('no such field'))
    await expect(identify({ ...DECLARED, edge, onInvalid: 'ignore' }, [])).rejects.toThrow(RangeError)
  })

  it('judges every request anew, by the time it comes', async () => {
    const middleware = mtlsIdentity(DECLARED)
    const ask = (): Promise<MtlsContext> => middleware.identify(fakeRequest({ fields: forwarded(alice) }))
    expect((await ask()).problems).toEqual([])
    jest.useFakeTimers({ now: Date.now() + 366 * 86_400_000 })
    try {
      expect((await ask()).problems).toEqual(['ERR_MTLS_CERTIFICATE_EXPIRED'])
    } finally {
      jest.useRealTimers()
    }
    expect((await ask()).problems).toEqual([])
  })

  it('shares one identity between the requests that have it', async () => {
    const middleware = mtlsIdentity(DECLARED)
    const [first, second] = await Promise.all(
      [1, 2].map(() => middleware.identify(fakeRequest({ fields: forwarded(alice) }))),
    )
    expect(first?.identity).toBe(second?.identity)
    expect(Object.isFrozen(first?.identity)).toBe(true)
  })

  it('bounds how many certificates are parsed at a time', async () => {
    const middleware = mtlsIdentity({ ...DECLARED, cache: { maxCertificates: 1 } })
    const { identity } = await middleware.identify(fakeRequest({ fields: forwarded(alice) }))
    const first = identity?.certificate.publicKey
    const bob = authority.issue({ subject: { commonName: 'bob' } })
    const other = await middleware.identify(fakeRequest({ fields: forwarded(bob) }))
    expect(other.identity?.certificate.subject).toBe('CN=bob')
    expect(identity?.certificate.publicKey).not.toBe(first)
    expect(identity?.certificate.publicKey.equal(first ?? {})).toBe(true)
  })
})

describe('the fields of the edge', () => {
  const survivors = (req: http.IncomingMessage): string[] =>
    [
      ...Object.keys(req.headers),
      ...Object.keys(req.headersDistinct),
      ...req.rawHeaders.filter((_, index) => index % 2 === 0),
    ].filter((name) => /^cf-/i.test(name))

  const app = (options: MtlsIdentityOptions): express.Express =>
    express().use(mtlsIdentity(options), (req, res) =>
      res.json({ survivors: survivors(req), evidence: req.mtls.evidence }),
    )

  const answerOf = async (
    options: MtlsIdentityOptions,
  ): Promise<{ survivors: string[]; evidence: string }> => {
    const fields = Object.fromEntries([...forwarded(alice), ['Cf-Ray', '1']])
    const response = await request(app(options)).get('/').set(fields)
    return response.body as { survivors: string[]; evidence: string }
  }

  it('stay on a request of the edge', async () => {
    const lines = ['cf-client-cert-der-base64', 'cf-client-cert-sha256', 'cf-ray']
    const { survivors, evidence } = await answerOf(DECLARED)
    expect([evidence, survivors.map((name) => name.toLowerCase())]).toEqual([
      'certificate',
      [...lines, ...lines, ...lines],
    ])
  })

  it('go after reading where that is wanted', async () => {
    expect(await answerOf({ ...DECLARED, removeFields: true })).toEqual({
      evidence: 'certificate',
      survivors: ['cf-ray', 'cf-ray', 'Cf-Ray'],
    })
  })

  it('go where the trust throws, and the error is handed on', async () => {
    const trust = (): boolean => {
      throw new RangeError('trust')
    }
    const req = fakeRequest({ fields: forwarded(alice) })
    await expect(mtlsIdentity({ trust }).identify(req)).rejects.toThrow(RangeError)
    expect(Object.keys(req.headers)).toEqual(['host'])
  })

  it('go from any other peer, unread', async () => {
    const edge: Edge = {
      ...cloudflare(),
      read: () => {
        throw new Error('read')
      },
    }
    expect(await answerOf({ trust: '192.0.2.1', edge })).toEqual({
      evidence: 'none',
      survivors: ['cf-ray', 'cf-ray', 'Cf-Ray'],
    })
  })
})

describe('two middlewares for two edges', () => {
  const named = (name: string): Edge => ({
    ...cloudflare({ enforced: true }),
    name,
    fields: [`${name}-cert`],
    read: ({ headers }) => ({
      certificate: String(headers[`${name}-cert`]),
      thumbprint: undefined,
      hashes: [],
      assertions: {},
      verifiedBy: 'edge',
    }),
  })

  it.each([
    ['the first', 'a', '192.0.2.1'],
    ['the second', 'b', '192.0.2.2'],
  ])('leave a request to %s, whose edge it comes from', async (_what, name, remoteAddress) => {
    const socket = loopbackSocket(remoteAddress)
    const text = Buffer.from(alice.der).toString('base64')
    const req = fakeRequest({
      socket,
      fields: [
        ['a-cert', text],
        ['b-cert', text],
      ],
    })
    await mtlsIdentity({ edge: named('a'), trust: '192.0.2.1' }).identify(req)
    await mtlsIdentity({ edge: named('b'), trust: '192.0.2.2' }).identify(req)
    expect((req as express.Request).mtls).toMatchObject({ evidence: 'certificate', problems: [] })
    expect(Object.keys(req.headers)).toEqual(['host', `${name}-cert`])
  })
})

describe('identify', () => {
  const middleware = mtlsIdentity({ trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }) })
  const nameOf = async (req: http.IncomingMessage): Promise<string> => {
    const { identity, evidence } = await middleware.identify(req)
    return `${evidence} ${identity?.subject.toString() ?? 'nobody'}`
  }

  it('knows the client of a plain node:http request', async () => {
    const server = http.createServer((req, res) => void nameOf(req).then((name) => res.end(name)))
    const ask = (fields: FieldLines): request.Test => request(server).get('/').set(Object.fromEntries(fields))
    expect((await ask([...forwarded(alice), ...transformed(alice)])).text).toBe('certificate CN=alice')
    expect((await ask(transformed(alice))).text).toBe('thumbprint CN=alice')
    expect((await ask(ANONYMOUS)).text).toBe('none nobody')
  })

  it('knows the client of every stream of an HTTP/2 request', async () => {
    const server = http2.createServer(
      (req, res) =>
        void nameOf(req as unknown as http.IncomingMessage).then((name) => {
          res.end(name)
        }),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const ask = async (fields: FieldLines): Promise<string> => {
      const stream = session.request(Object.fromEntries(fields))
      return ((await stream.setEncoding('utf8').toArray()) as string[]).join('')
    }
    expect(await ask([...forwarded(alice), ...transformed(alice)])).toBe('certificate CN=alice')
    expect(await ask(transformed(alice))).toBe('thumbprint CN=alice')
    expect(await ask(ANONYMOUS)).toBe('none nobody')
    session.close()
    server.close()
  })

  it('rejects with the coded error where the middleware would hand one on', async () => {
    await expect(middleware.identify(fakeRequest({ fields: DAMAGED }))).rejects.toMatchObject({
      code: 'ERR_MTLS_THUMBPRINT_MISMATCH',
      status: 400,
    })
  })
})
