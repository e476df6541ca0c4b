import type { IncomingMessage } from 'node:http'
import type { Writable } from 'node:stream'
import type { PinoLogger } from './pino-sink.js'
import type { RedactionProfile } from './profile.js'
import type { AuditRecord, AuditSchema } from './schema.js'

/** Options of `auditLog()`. An unknown or wrong one is a `TypeError` when the middleware is made. */
export interface AuditLogOptions {
  /**
   * Where records go: a stream, as newline-delimited JSON; a pino logger, at level `info`; or a function, which gets
   * the next record when the promise that it returned has settled. Default: `process.stdout`.
   */
  readonly destination?: Writable | PinoLogger | ((record: AuditRecord) => unknown)
  /** The form of records: `toEcs`, `toOpenTelemetry`, `toOcsf`, or your own. Default: `toPlain`. */
  readonly schema?: AuditSchema
  /** How much records say about who is calling. Default: `'full'`. */
  readonly profile?: RedactionProfile
  /** Whether records have the URL with its query, where secrets and personal data may be. Default: false. */
  readonly includeUrl?: boolean
  /** Tells requests apart. Default: `req.id`, as `pino-http` sets it, and without one a random UUID. */
  readonly requestId?: (req: IncomingMessage) => string
  /** Records that wait at most for a slow destination; what comes after is lost, and counted. Default: 1000. */
  readonly maxQueued?: number
  /** Told of each lost record, with how many they are in all. Default: nobody is. */
  readonly onLost?: (lost: number) => void
}
