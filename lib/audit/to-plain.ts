import { contextFacts } from './context-facts.js'
import { compact, toIso, type AuditRecord, type AuditSchema, type RequestFacts } from './schema.js'

/**
 * This package's own form, the default of `auditLog()`. `client` is there only where a certificate is proven and
 * has no problem; one with problems is `presented`, an inferred one `inferred`. Without `evidence` nobody has
 * found out who was calling.
 */
export const toPlain: AuditSchema = (context, { profile = 'full', request, loss } = {}) =>
  loss === undefined
    ? {
        ...(request && plainRequest(request)),
        ...contextFacts(context, profile, ['client', 'presented', 'inferred']),
      }
    : { time: toIso(loss.timeMs), lost: loss.count }

const plainRequest = ({ timeMs, id, ...request }: RequestFacts): AuditRecord =>
  compact({ time: toIso(timeMs), requestId: id, ...request })
