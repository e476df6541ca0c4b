import type { AuditRecord } from './schema.js'

/**
 * Takes a record, and says whether it would take another now. Throws, or calls `onFailed` later, if this record
 * will not arrive.
 */
export type WriteRecord = (record: AuditRecord, onFailed: () => void) => boolean

/** Opens a destination, which calls `onReady` when it would take another record after it said no. */
export type Sink = (onReady: () => void) => WriteRecord
