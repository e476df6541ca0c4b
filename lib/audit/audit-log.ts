import { systemClock, type Clock } from '../clock.js'
import { contextOf, type RequestHandler } from '../request.js'
import { Delivery } from './delivery.js'
import type { AuditLogOptions } from './options.js'
import { resolveAuditOptions } from './resolve-options.js'
import { onceOver, watchRequest } from './watch-request.js'

/** What `auditLog()` returns. */
export interface AuditLogMiddleware extends RequestHandler {
  /** How many records have been lost, because the destination was slow or broken. */
  readonly lost: number
}

/**
 * Express middleware that writes one record of every request that is finished or given up: what was asked, who
 * asked, how that is known, and what was refused. Mounted before `mtlsIdentity()` it sees all of them. It never
 * delays or fails a request: records that a destination does not take are counted, and reported when it does again.
 * Throws a `TypeError` for a wrong option.
 */
export const auditLog = (options: AuditLogOptions = {}): AuditLogMiddleware =>
  createAuditLog(options, systemClock)

/** `auditLog()` by another clock. */
export const createAuditLog = (options: AuditLogOptions, clock: Clock): AuditLogMiddleware => {
  const settings = resolveAuditOptions(options)
  const { schema, profile } = settings
  const delivery = new Delivery(settings.sink, {
    ...settings,
    report: (count) => schema(undefined, { loss: { timeMs: clock.now(), count } }),
  })

  const auditLogMiddleware: RequestHandler = (req, res, next) => {
    const factsOf = watchRequest(req, res, { ...settings, clock })
    onceOver(req, res, () => {
      delivery.offer(() => schema(contextOf(req), { profile, request: factsOf() }))
    })
    next()
  }
  return Object.defineProperty(auditLogMiddleware, 'lost', { get: () => delivery.lost }) as AuditLogMiddleware
}
