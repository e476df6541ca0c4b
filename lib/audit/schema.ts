import type { MtlsContext } from '../context.js'
import type { RedactionProfile } from './profile.js'

/** What a record says about the request itself: every text escaped and bounded. */
export interface RequestFacts {
  /** When it arrived, in milliseconds since 1970. */
  readonly timeMs: number
  readonly id: string
  readonly method: string
  /** The pattern of the route that answered, `undefined` if none did. */
  readonly route: string | undefined
  /** The URL with its query, where the operator asked for it. */
  readonly url: string | undefined
  /** `undefined` if it was over before a response began. */
  readonly status: number | undefined
  readonly outcome: 'finished' | 'aborted'
  readonly durationMs: number
  /** The address of the socket's other end: the edge, or whoever pretends to be. */
  readonly peer: string | undefined
  /** The address that Express takes for the client's, `req.ip`: whatever was forwarded, if so configured. */
  readonly clientAddress: string | undefined
}

/** Records that did not reach the destination. */
export interface LossFacts {
  /** When this is said, in milliseconds since 1970. */
  readonly timeMs: number
  /** How many were lost since it was last said. */
  readonly count: number
}

/** What a record is about, besides what is known about the client. */
export interface RecordDetails {
  /** Default: `'full'`. */
  readonly profile?: RedactionProfile
  readonly request?: RequestFacts
  /** Makes it a record about lost records, and about nothing else. */
  readonly loss?: LossFacts
}

export type AuditRecord = Record<string, unknown>

/** Writes a record in some form. The context is `undefined` where nobody found out who is calling. */
export type AuditSchema = (context: MtlsContext | undefined, details?: RecordDetails) => AuditRecord

/** Without what is not known: `undefined` and empty objects. */
export const compact = (record: Readonly<Record<string, unknown>>): AuditRecord =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && !isEmpty(value)))

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0

export const toIso = (timeMs: number): string => new Date(timeMs).toISOString()
