import type { AuditRecord } from './schema.js'
import type { Sink } from './sink.js'

/** Hands records to a function, the next one when the promise that it returned has settled. */
export const functionSink =
  (take: (record: AuditRecord) => unknown): Sink =>
  (onReady) =>
  (record, onFailed) => {
    const taken = take(record)
    if (!isThenable(taken)) return true
    void Promise.resolve(taken).catch(onFailed).finally(onReady)
    return false
  }

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
