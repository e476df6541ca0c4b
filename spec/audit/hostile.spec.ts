import { Writable } from 'node:stream'
import express from 'express'
import morgan from 'morgan'
import { mtlsIdentity } from 'mtls-identity'
import {
  addMorganTokens,
  auditLog,
  MORGAN_FORMAT,
  pinoHttpOptions,
  pinoSerializers,
  toEcs,
  toOcsf,
  toOpenTelemetry,
  winstonFormat,
  type AuditSchema,
} from 'mtls-identity/audit'
import { cloudflare } from 'mtls-identity/edges'
import pino from 'pino'
import { pinoHttp } from 'pino-http'
import winston from 'winston'
import { forwarded, transformed } from '../support/cloudflare-fields.js'
import { listen, type Origin } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'
import { ecsViolations } from './support/ecs-violations.js'
import { HOSTILE, isUnsafe } from './support/hostile.js'
import { ocsfViolations } from './support/ocsf-violations.js'
import { winstonLogger } from './support/winston-logger.js'

/** What a stream was given, as text. */
class Output extends Writable {
  text = ''

  override _write(chunk: unknown, _encoding: string, callback: () => void): void {
    this.text += String(chunk)
    callback()
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1)
  }
}

const HOSTILE_FIELDS: FieldLines = [
  ['User-Agent', '"\x9b31m\xad" 200 -'],
  ['X-Forwarded-For', 'mallory\x9b2K" "'],
  ['X-Request-Id', '\x85forged'],
]

const outputs = {
  plain: new Output(),
  ECS: new Output(),
  OpenTelemetry: new Output(),
  OCSF: new Output(),
  'pino as destination': new Output(),
  'pino serializers': new Output(),
  'pino-http': new Output(),
  morgan: new Output(),
  'winston as JSON': new Output(),
  'winston as text': new Output(),
}

const audit = (output: Output, schema?: AuditSchema): express.RequestHandler =>
  auditLog({ destination: output, includeUrl: true, ...(schema && { schema }) })

const winstonLoggers = [
  winstonLogger(outputs['winston as JSON'], winstonFormat(), winston.format.json()),
  winstonLogger(
    outputs['winston as text'],
    winstonFormat(),
    winston.format.printf(({ message, mtls }) => `${String(message)} ${JSON.stringify(mtls)}`),
  ),
]

const createApp = (): express.Express => {
  const app = express()
  app.set('trust proxy', 'loopback')
  app.use(
    audit(outputs.plain),
    audit(outputs.ECS, toEcs),
    audit(outputs.OpenTelemetry, toOpenTelemetry),
    audit(outputs.OCSF, toOcsf),
    auditLog({ destination: pino(outputs['pino as destination']) }),
  )
  app.use(pinoHttp(pinoHttpOptions(), outputs['pino-http']))
  addMorganTokens(morgan)
  app.use(morgan(MORGAN_FORMAT, { stream: outputs.morgan }))
  const edge = cloudflare({ clientAuthHeaders: true, maxCertificateBytes: 200_000 })
  app.use(mtlsIdentity({ edge, trust: 'loopback', onInvalid: 'ignore' }))
  const logger = pino({ serializers: pinoSerializers() }, outputs['pino serializers'])
  app.use((req, res) => {
    logger.info({ mtls: req.mtls })
    const message = `from ${String(req.mtls.identity?.subjectAltName[0]?.value)}`
    for (const winstonOne of winstonLoggers) winstonOne.info(message, { mtls: req.mtls })
    res.json({})
  })
  return app
}

describe('hostile certificates', () => {
  let origin: Origin

  beforeAll(async () => {
    origin = await listen(createApp(), { maxHeaderSize: 300_000 })
    const client = new RawClient(origin.port)
    for (const [, certificate] of HOSTILE) {
      const fields = [...forwarded(certificate), ...transformed(certificate), ...HOSTILE_FIELDS]
      const { status } = await client.get('/users/%0a%1b[31m?"a"=%00', fields)
      expect(status).toBe(200)
    }
    client.close()
    await origin.close()
  })

  it('are more than twenty, and only those that nobody could read are refused', () => {
    expect(HOSTILE.length).toBeGreaterThan(20)
    const records = outputs.plain.lines.map((line) => JSON.parse(line) as { readonly problems: string[] })
    expect(records.filter(({ problems }) => problems.length > 0).map(({ problems }) => problems)).toEqual([
      ['ERR_MTLS_CERTIFICATE_INVALID'],
    ])
  })

  describe.each(Object.entries(outputs))('through %s', (name, output) => {
    it('make one line of each request, bounded', () => {
      expect(output.lines).toHaveLength(HOSTILE.length)
      expect(output.lines.every((line) => line.length < 10_000)).toBe(true)
    })

    it('leave no character that could do anything but be seen', () => {
      expect(output.lines.filter(isUnsafe)).toEqual([])
    })

    it('are told apart by the thumbprint, whatever they are named', () => {
      const missing = HOSTILE.filter(([what, { thumbprint }], index) => {
        const line = output.lines[index] ?? ''
        return what !== 'UTF-8 that is none' && !line.toLowerCase().includes(thumbprint)
      })
      expect(missing).toEqual([])
    })

    it('leave every line parseable', () => {
      if (name === 'morgan') {
        expect(output.lines.every((line) => /^(?:[^ "]+ ){13}[^ "]+$/.test(line))).toBe(true)
      } else {
        const texts = output.lines.map((line) => line.slice(line.indexOf('{"')))
        expect(texts.map((text) => typeof JSON.parse(text))).toEqual(texts.map(() => 'object'))
      }
    })
  })

  it('are taken by the schemas of ECS and OCSF', () => {
    const parse = ({ lines }: Output): object[] => lines.map((line) => JSON.parse(line) as object)
    expect(parse(outputs.ECS).flatMap(ecsViolations)).toEqual([])
    expect(parse(outputs.OCSF).flatMap((record) => ocsfViolations(record, 'authentication'))).toEqual([])
  })
})
