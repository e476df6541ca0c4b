import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import express from 'express'
import morgan from 'morgan'
import type { MtlsContext } from 'mtls-identity'
import {
  addMorganTokens,
  auditLog,
  pinoHttpOptions,
  pinoSerializers,
  winstonFormat,
} from 'mtls-identity/audit'
import pino from 'pino'
import { pinoHttp } from 'pino-http'
import winston from 'winston'
import { listen } from '../support/origin.js'
import * as contexts from './support/contexts.js'
import { winstonLogger } from './support/winston-logger.js'

const { ISSUER, SUBJECT, thumbprint } = contexts

/** What is logged of one request of a client, by a middleware that is mounted before the context is known. */
const logged = async (
  middleware: express.RequestHandler,
  context: MtlsContext | undefined,
  path = '/a?b=c',
): Promise<void> => {
  const app = express()
  app.use(middleware)
  app.use((req, res) => {
    if (context !== undefined) req.mtls = context
    res.json({})
  })
  const origin = await listen(app)
  await (await fetch(origin.url + path, { headers: { 'Cf-Client-Cert-Sha256': 'secret' } })).text()
  await origin.close()
}

describe('pinoHttpOptions()', () => {
  const lineOf = async (
    context: MtlsContext | undefined,
    options?: Parameters<typeof pinoHttpOptions>[0],
  ): Promise<Record<string, unknown>> => {
    const output = new PassThrough()
    await logged(pinoHttp({ ...pinoHttpOptions(options), genReqId: () => 'a\x9b' }, output), context)
    const lines = (await text(output.end())).trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.match(/"mtls":/g) ?? []).toHaveLength(1)
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>
  }

  it('write what is known about the client, once, and no field of the request', async () => {
    const line = await lineOf(contexts.PROVEN)
    expect(line).toMatchObject({
      req: { id: 'a\\u{9B}', method: 'GET', url: '/a', remoteAddress: '127.0.0.1' },
      res: { statusCode: 200 },
      mtls: { evidence: 'certificate', client: { thumbprint, subject: SUBJECT } },
    })
    expect(JSON.stringify(line)).not.toMatch(/secret|b=c/)
  })

  it('write an inferred client in another place than a proven one', async () => {
    const { mtls } = await lineOf(contexts.INFERRED)
    expect(mtls).toMatchObject({ inferred: { thumbprint } })
    expect(mtls).not.toHaveProperty('client')
  })

  it('leave out what a profile takes away', async () => {
    const line = await lineOf(contexts.PROVEN, { profile: 'pseudonymous' })
    expect(line).toMatchObject({ mtls: { client: { thumbprint, issuer: ISSUER } } })
    expect(JSON.stringify(line)).not.toMatch(/alice|127\.0\.0\.1/)
  })

  it('write an empty context where nobody knows who is calling', async () => {
    expect(await lineOf(undefined)).toMatchObject({ mtls: {} })
  })

  it('take what is no text for absent', () => {
    expect(pinoHttpOptions().serializers.req({ id: {}, method: undefined })).toEqual({})
  })
})

describe('pinoSerializers()', () => {
  it('write a context', async () => {
    const output = new PassThrough()
    pino({ serializers: pinoSerializers({ profile: 'minimal' }) }, output).info({ mtls: contexts.PROVEN })
    expect(JSON.parse(await text(output.end()))).toMatchObject({
      mtls: { evidence: 'certificate', client: {} },
    })
  })
})

describe('addMorganTokens()', () => {
  const FORMAT =
    ':mtls[evidence] :mtls[problems] :mtls-client[subject] :mtls-presented[subject] :mtls-inferred[subject]'

  const lineOf = async (
    context: MtlsContext | undefined,
    format = FORMAT,
    path?: string,
  ): Promise<string> => {
    let line = ''
    const stream = {
      write(text: string) {
        line += text
      },
    }
    addMorganTokens(morgan)
    await logged(morgan(format, { stream }), context, path)
    return line
  }

  // Morgan writes a backslash of a token as two.
  const NAME = String.raw`CN=alice,O=Example\\,\\u{20}Inc.,C=NL`

  it.each([
    ['a proven client', contexts.PROVEN, `certificate - ${NAME} - -\n`],
    [
      'a certificate with problems',
      contexts.PRESENTED,
      `certificate ERR_MTLS_CERTIFICATE_NOT_VERIFIED - ${NAME} -\n`,
    ],
    ['an inferred client', contexts.INFERRED, `inferred ERR_MTLS_IDENTITY_INFERRED - - ${NAME}\n`],
    ['nobody', contexts.NOBODY, 'none - - - -\n'],
    ['a request that nobody asked about', undefined, '- - - - -\n'],
  ])('write %s in a place of its own', async (_what, context, line) => {
    expect(await lineOf(context)).toBe(line)
  })

  it.each([
    ['the path without the query', ':mtls-path', '/x"y?z', '/x%22y\n'],
    ['a dash that is no absence', ':mtls[constructor] :mtls-client[toString]', undefined, '- -\n'],
    ['what has no token as absent', ':mtls :mtls-client :mtls-client[subjectAltName]', undefined, '- - -\n'],
  ])('write %s', async (_what, format, path, line) => {
    expect(await lineOf(contexts.PROVEN, format, path)).toBe(line)
  })

  it('write a value that looks like no value as one', async () => {
    const context = contexts.contextWith({ verifiedBy: '-' as 'edge' })
    expect(await lineOf(context, ':mtls[verifiedBy]')).toBe('\\\\u{2D}\n')
  })

  it('work where there is no Express', () => {
    const tokens = new Map<string, (req: never) => string | undefined>()
    addMorganTokens({ token: (name, read) => tokens.set(name, read as never) })
    expect(tokens.get('mtls-path')?.({ url: '/a b?c' } as never)).toBe('/a\\u{20}b')
    expect(tokens.get('mtls-path')?.({} as never)).toBeUndefined()
  })
})

describe('winstonFormat()', () => {
  it('writes a context and escapes the message; the rest is as it was', async () => {
    const stream = new PassThrough()
    const logger = winstonLogger(stream, winstonFormat(), winston.format.json())
    logger.info('a\x9b\u202eb', { mtls: contexts.INFERRED, part: 7 })
    logger.info('no context', { mtls: 'text' })
    logger.info('empty', { mtls: null })
    logger.log({ level: 'info', message: 7 as never })
    const lines = (await text(stream.end())).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        level: 'info',
        message: 'a\\u{9B}\\u{202E}b',
        part: 7,
        mtls: { evidence: 'inferred', inferred: { thumbprint } },
      },
      { message: 'no context', mtls: 'text' },
      { message: 'empty', mtls: null },
      { message: 7 },
    ])
  })
})

describe.each<[string, (options: object) => unknown]>([
  ['pinoSerializers()', pinoSerializers],
  ['pinoHttpOptions()', pinoHttpOptions],
  [
    'addMorganTokens()',
    (options) => {
      addMorganTokens(morgan, options)
    },
  ],
  ['winstonFormat()', winstonFormat],
])('%s', (owner, make) => {
  it('refuses an unknown option and a profile that there is not', () => {
    expect(() => make({ level: 1 })).toThrow(
      new TypeError(`${owner} has no option 'level'; its options are profile`),
    )
    expect(() => make({ profile: '' })).toThrow(TypeError)
  })
})

describe('auditLog() with a logger of winston', () => {
  it('hands records to a function that logs them', async () => {
    const stream = new PassThrough()
    const logger = winstonLogger(stream, winston.format.json())
    await logged(auditLog({ destination: (record) => logger.info('request', record) }), contexts.PROVEN)
    expect(JSON.parse(await text(stream.end()))).toMatchObject({ message: 'request', client: { thumbprint } })
  })
})
