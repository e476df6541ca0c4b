import { EventEmitter, once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import http2 from 'node:http2'
import { connect, type AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import express, { Router } from 'express'
import { requireIdentity, type IdentityStore } from 'mtls-identity'
import { auditLog, toEcs, type AuditLogOptions, type AuditRecord } from 'mtls-identity/audit'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createAuditLog, type AuditLogMiddleware } from '../../lib/audit/audit-log.js'
import { createMiddleware } from '../../lib/middleware.js'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import { HANG } from '../support/memory-store.js'
import { listen, type Origin } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'
import { TestClock } from '../support/test-clock.js'

const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

describe('auditLog()', () => {
  const clock = new TestClock()
  let records: AuditRecord[]
  let closers: (() => unknown)[]
  /** Called when a handler has a request that it does not answer. */
  let onHeld: () => void

  beforeEach(() => {
    records = []
    closers = []
    onHeld = () => undefined
  })

  afterEach(async () => {
    for (const close of closers.reverse()) await close()
  })

  const createApp = (audit: AuditLogMiddleware, store?: IdentityStore): express.Express => {
    const app = express()
    app.set('trust proxy', 'loopback')
    app.use(audit)
    const edge = cloudflare({ clientAuthHeaders: true })
    app.use(createMiddleware({ edge, trust: 'loopback', ...(store && { store }) }, clock))
    app.get('/users/:id', (_req, res) => {
      clock.advance(12.5)
      res.json({})
    })
    app.get('/hold', () => {
      onHeld()
    })
    app.get('/', (_req, res) => {
      res.json({})
    })
    app.use('/admin', requireIdentity(), Router().get('/:what', fail))
    app.use((_req, res) => {
      res.status(404).json({})
    })
    app.use(answerError)
    return app
  }

  const fail = (): never => {
    throw new Error('handler')
  }

  const answerError: express.ErrorRequestHandler = (error: { status?: number }, _req, res, next) => {
    if (res.headersSent) next(error)
    else res.status(error.status ?? 500).json({})
  }

  const startOrigin = async (options: AuditLogOptions = {}, store?: IdentityStore): Promise<Origin> => {
    const audit = createAuditLog({ destination: (record) => records.push(record), ...options }, clock)
    const origin = await listen(createApp(audit, store))
    closers.push(() => origin.close())
    return origin
  }

  const ask = async (
    path: string,
    fields: FieldLines = [],
    options: AuditLogOptions = {},
  ): Promise<AuditRecord | undefined> => {
    const { port } = await startOrigin(options)
    const client = new RawClient(port)
    closers.push(() => {
      client.close()
    })
    await client.get(path, fields)
    expect(records).toHaveLength(1)
    return records[0]
  }

  it('writes one record of a request: what was asked, who asked, and how that is known', async () => {
    const time = new Date(clock.now()).toISOString()
    const record = await ask('/users/42?token=secret', [
      ...forwarded(alice),
      ...transformed(alice),
      ['X-Forwarded-For', '2001:db8::7'],
    ])
    expect(record).toMatchObject({
      time,
      requestId: expect.stringMatching(UUID) as string,
      method: 'GET',
      route: '/users/:id',
      status: 200,
      outcome: 'finished',
      durationMs: 12.5,
      peer: '127.0.0.1',
      clientAddress: '2001:db8::7',
      evidence: 'certificate',
      verifiedBy: 'edge',
      problems: [],
      client: { thumbprint: alice.thumbprint, subject: 'CN=alice' },
    })
    expect(JSON.stringify(record)).not.toMatch(/users\/42|secret/)
  })

  it.each<[what: string, path: string, fields: FieldLines, expected: object]>([
    [
      'refused by mtlsIdentity()',
      '/users/1',
      [['Cf-Cert-Sha256', 'x']],
      { status: 400, route: undefined, problems: ['ERR_MTLS_FIELD_INVALID'] },
    ],
    ['refused by requireIdentity()', '/admin/x', [], { status: 403, evidence: 'none', route: undefined }],
    ['to nowhere', '/absent', [], { status: 404, route: undefined }],
    [
      'whose handler fails, with the route where it is mounted',
      '/admin/keys',
      [...forwarded(alice), ...transformed(alice)],
      { status: 500, route: '/admin/:what', client: { subject: 'CN=alice' } },
    ],
  ])('writes one record of a request %s', async (_what, path, fields, expected) => {
    expect({ route: undefined, ...(await ask(path, fields)) }).toMatchObject(expected)
  })

  it('writes the URL with its query where it is asked for', async () => {
    const record = await ask('/users/42?a=%0a', [], { includeUrl: true })
    expect(record).toMatchObject({ url: '/users/42?a=%0a' })
  })

  it('writes no address but under the profile full', async () => {
    const record = await ask('/', [['X-Forwarded-For', '192.0.2.1']], { profile: 'pseudonymous' })
    expect(record).not.toHaveProperty('peer')
    expect(record).not.toHaveProperty('clientAddress')
  })

  it('takes whatever somebody writes into X-Forwarded-For for text', async () => {
    const record = await ask('/', [['X-Forwarded-For', `\x9b31m${'a'.repeat(500)}`]])
    expect(record).toMatchObject({ clientAddress: `\\u{9B}31m${'a'.repeat(247)}\\{253 more}` })
  })

  it.each([
    ['what it is given', { requestId: () => 'a\nb' }, 'a\\u{A}b'],
    ['req.id', {}, '17'],
  ])('names a request by %s', async (_what, options, requestId) => {
    const app = express()
    app.use((req, _res, next) => {
      Object.assign(req, { id: 17 })
      next()
    })
    app.use(createAuditLog({ destination: (record) => records.push(record), ...options }, clock))
    const origin = await listen(app)
    closers.push(() => origin.close())
    await fetch(origin.url)
    expect(records).toMatchObject([{ requestId }])
  })

  /** Resolves when there are so many records. */
  const untilRecorded = (count: number): [options: AuditLogOptions, recorded: Promise<void>] => {
    let resolve = (): void => undefined
    const recorded = new Promise<void>((resolved) => {
      resolve = resolved
    })
    const destination = (record: AuditRecord): void => {
      records.push(record)
      if (records.length === count) resolve()
    }
    return [{ destination }, recorded]
  }

  /** Resolves when so many requests are held. */
  const held = (count: number): Promise<void> =>
    new Promise((resolve) => {
      let requests = 0
      onHeld = () => {
        if (++requests === count) resolve()
      }
    })

  it('writes one record of each request that is given up, also of pipelined ones', async () => {
    const [options, recorded] = untilRecorded(2)
    const { port } = await startOrigin(options)
    const socket = connect(port, '127.0.0.1')
    const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: origin.test\r\n\r\n`
    const arrived = held(2)
    socket.write(request('/hold') + request('/hold'))
    await arrived
    socket.destroy()
    await recorded
    expect(records).toMatchObject(Array(2).fill({ outcome: 'aborted', route: '/hold', evidence: 'none' }))
    expect(records[0]).not.toHaveProperty('status')
  })

  it('writes a record of a request that is given up before it is known who is calling', async () => {
    const [options, recorded] = untilRecorded(1)
    let onAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve
    })
    const store: IdentityStore = {
      get() {
        onAsked()
        return HANG()
      },
      set: () => Promise.resolve(),
    }
    const { port } = await startOrigin(options, store)
    const socket = connect(port, '127.0.0.1')
    const fields = transformed(alice).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET /users/1 HTTP/1.1\r\nHost: origin.test\r\n${fields.join('')}\r\n`)
    await asked
    socket.destroy()
    await recorded
    expect(records).toMatchObject([{ outcome: 'aborted', method: 'GET' }])
    expect(records[0]).not.toHaveProperty('evidence')
  })

  it('writes one record of a request over HTTP/2, and without Express', async () => {
    const audit = createAuditLog({ destination: (record) => records.push(record) }, clock)
    const server = http2.createServer((req, res) => {
      audit(req as unknown as IncomingMessage, res as never, () => res.end('ok'))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = session.request({ ':path': '/x?y' })
    await once(stream.resume(), 'close')
    session.close()
    await once(server.close(), 'close')
    expect(records).toMatchObject([{ method: 'GET', status: 200, outcome: 'finished' }])
  })

  it('writes records in the form that it is given', async () => {
    const record = await ask('/', [...forwarded(alice), ...transformed(alice)], { schema: toEcs })
    expect(record).toMatchObject({ ecs: {}, user: { id: alice.thumbprint }, http: { response: {} } })
  })

  it.each<[what: string, destination: () => NonNullable<AuditLogOptions['destination']>]>([
    [
      'a function that throws',
      () => () => {
        throw new Error('no')
      },
    ],
    ['a function that rejects', () => () => Promise.reject(new Error('no'))],
    [
      'a stream that fails',
      () =>
        new Writable({
          write: (_chunk, _encoding, callback) => {
            callback(new Error('disk full'))
          },
        }),
    ],
    ['a stream that has been destroyed', () => new Writable().destroy()],
    [
      'a stream that has ended',
      () =>
        new Writable({
          write: (_chunk, _encoding, callback) => {
            callback()
          },
        }).end(),
    ],
  ])('fails no request for %s, and counts every record', async (_what, destination) => {
    const told: number[] = []
    const audit = createAuditLog({ destination: destination(), onLost: (lost) => told.push(lost) }, clock)
    const origin = await listen(createApp(audit))
    closers.push(() => origin.close())
    const statuses = []
    for (let run = 0; run < 5; run++) {
      const response = await fetch(`${origin.url}/users/1`)
      await response.text()
      statuses.push(response.status)
    }
    expect(statuses).toEqual(Array(5).fill(200))
    expect(audit.lost).toBe(5)
    expect(told).toEqual([1, 2, 3, 4, 5])
  })

  describe('with a destination that stalls', () => {
    const REQUESTS = 10_000
    const MAX_QUEUED = 100

    /** A stream that takes one record and then stands still until it is released. */
    class StalledStream extends Writable {
      readonly lines: string[] = []
      #release: (() => void) | undefined
      #isFlowing = false

      constructor() {
        super({ highWaterMark: 1_024, decodeStrings: false })
      }

      override _write(line: string, _encoding: string, callback: () => void): void {
        this.lines.push(line)
        if (this.#isFlowing) callback()
        else this.#release = callback
      }

      release(): void {
        this.#isFlowing = true
        this.#release?.()
      }
    }

    /** A request that is over when its response says so. */
    const serve = (audit: AuditLogMiddleware): void => {
      const req = Object.assign(new EventEmitter(), fakeRequest(), { method: 'GET', url: '/' })
      const res = Object.assign(new EventEmitter(), {
        headersSent: true,
        statusCode: 200,
        writableFinished: true,
      })
      audit(req, res as unknown as ServerResponse, () => res.emit('finish'))
      res.emit('close')
    }

    it('bounds what waits, counts each of 10,000 records, and reports the lost ones when it goes on', async () => {
      const destination = new StalledStream()
      const audit = createAuditLog({ destination, maxQueued: MAX_QUEUED }, clock)
      for (let request = 0; request < REQUESTS; request++) serve(audit)
      const inStream = REQUESTS - audit.lost - MAX_QUEUED
      expect(destination.lines).toHaveLength(1)
      expect(destination.writableLength).toBeLessThan(2_048)
      expect(inStream).toBeLessThan(10)
      const { lost } = audit
      destination.release()
      await turn()
      serve(audit)
      await turn()
      const written = destination.lines.map((line) => JSON.parse(line) as AuditRecord)
      const places = written.flatMap((record, place) =>
        'lost' in record ? [{ place, lost: record['lost'] }] : [],
      )
      expect(places).toEqual([{ place: inStream + MAX_QUEUED, lost }])
      expect(written.length - 1 + lost).toBe(REQUESTS + 1)
      expect(audit.lost).toBe(lost)
    })

    it('answers every request', async () => {
      const audit = createAuditLog({ destination: new StalledStream(), maxQueued: 10 }, clock)
      const origin = await listen(createApp(audit))
      closers.push(() => origin.close())
      const client = new RawClient(origin.port)
      closers.push(() => {
        client.close()
      })
      for (let run = 0; run < 100; run++) expect(await client.get('/')).toMatchObject({ status: 200 })
      expect(audit.lost).toBeGreaterThan(80)
    })
  })
})

describe('the options of auditLog()', () => {
  it.each<[what: string, options: object, message: string]>([
    [
      'an unknown option',
      { level: 1 },
      "auditLog() has no option 'level'; its options are destination, schema, profile, includeUrl, requestId, maxQueued, onLost",
    ],
    [
      'a destination that is a path',
      { destination: 'audit.log' },
      'destination must be a stream, a pino logger, or a function that takes a record',
    ],
    [
      'a logger that is a stream of something else, such as one of winston',
      { destination: Object.assign(new Writable(), { info: () => undefined }) },
      'destination must be a stream, a pino logger, or a function that takes a record',
    ],
    [
      'no destination',
      { destination: null },
      'destination must be a stream, a pino logger, or a function that takes a record',
    ],
    [
      'a pino logger that would keep every record back',
      { destination: { info: jest.fn(), bindings: jest.fn(), isLevelEnabled: () => false } },
      "destination must be a pino logger that logs at level 'info'",
    ],
    ['a schema by name', { schema: 'ecs' }, 'schema must be a function'],
    [
      'a profile that there is not',
      { profile: 'none' },
      "profile must be 'full', 'pseudonymous' or 'minimal'",
    ],
    ['a flag that is no boolean', { includeUrl: 'no' }, 'includeUrl must be true or false'],
    ['a request id that is no function', { requestId: 'x' }, 'requestId must be a function'],
    ['no room to wait', { maxQueued: 0 }, 'maxQueued must be a positive whole number'],
    ['nobody to tell', { onLost: 1 }, 'onLost must be a function'],
  ])('refuse %s', (_what, options, message) => {
    expect(() => auditLog(options)).toThrow(new TypeError(message))
  })

  it('have defaults: lines of JSON to stdout', async () => {
    const lines: string[] = []
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line))
      return true
    })
    const audit = auditLog()
    const origin = await listen((req, res) => {
      audit(req, res, () => res.end())
    })
    await (await fetch(origin.url)).text()
    await origin.close()
    write.mockRestore()
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ method: 'GET', status: 200, outcome: 'finished' })
  })
})
