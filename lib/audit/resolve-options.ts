import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { assertOptionNames, hasFunctions, resolveFlag, resolvePositiveInteger } from '../option-check.js'
import { functionSink } from './function-sink.js'
import { streamSink, type LineStream } from './line-stream.js'
import type { AuditLogOptions } from './options.js'
import { pinoSink, type PinoLogger } from './pino-sink.js'
import { resolveProfile, type RedactionProfile } from './profile.js'
import type { AuditSchema } from './schema.js'
import type { Sink } from './sink.js'
import { toPlain } from './to-plain.js'

/** Options with every default filled in. */
export interface AuditSettings {
  readonly sink: Sink
  readonly schema: AuditSchema
  readonly profile: RedactionProfile
  readonly includeUrl: boolean
  readonly requestId: (req: IncomingMessage) => string
  readonly maxQueued: number
  readonly onLost: (lost: number) => void
}

const OPTION_NAMES = [
  'destination',
  'schema',
  'profile',
  'includeUrl',
  'requestId',
  'maxQueued',
  'onLost',
] as const satisfies readonly (keyof AuditLogOptions)[]

/** Fills in the defaults. Throws a `TypeError` that names the option and says what it must be. */
export const resolveAuditOptions = (options: AuditLogOptions): AuditSettings => {
  assertOptionNames(options, OPTION_NAMES, 'auditLog()')
  return {
    sink: resolveDestination(options.destination),
    schema: resolveFunction(options.schema, toPlain, 'schema'),
    profile: resolveProfile(options.profile),
    includeUrl: resolveFlag(options.includeUrl, 'includeUrl'),
    requestId: resolveFunction(options.requestId, requestIdOf, 'requestId'),
    maxQueued: resolvePositiveInteger(options.maxQueued, 1_000, 'maxQueued'),
    onLost: resolveFunction(options.onLost, () => undefined, 'onLost'),
  }
}

const resolveDestination = (destination: AuditLogOptions['destination'] = process.stdout): Sink => {
  if (typeof destination === 'function') return functionSink(destination)
  if (isPino(destination)) {
    if (destination.isLevelEnabled('info')) return pinoSink(destination)
    throw new TypeError("destination must be a pino logger that logs at level 'info'")
  }
  if (isLineStream(destination)) return streamSink(destination)
  throw new TypeError('destination must be a stream, a pino logger, or a function that takes a record')
}

const isPino = (value: unknown): value is PinoLogger =>
  hasFunctions(value, 'info', 'bindings', 'isLevelEnabled')

/** A logger of winston is a stream as well, but not of lines. */
const isLineStream = (value: unknown): value is LineStream =>
  hasFunctions(value, 'write', 'on') && !hasFunctions(value, 'info')

const resolveFunction = <T>(value: T | undefined, byDefault: T, option: string): T => {
  if (value === undefined) return byDefault
  if (typeof value !== 'function') throw new TypeError(`${option} must be a function`)
  return value
}

const requestIdOf = ({ id }: IncomingMessage & { readonly id?: unknown }): string =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : randomUUID()
