import type { IncomingHttpHeaders } from 'node:http'

/** The longest name that DNS has, with a port. */
const MAX_BYTES = 261

/**
 * The host that a request is for, a part of every connection key: an identity shown to one host is not one
 * for another. `undefined` without a host that could be one, and then nothing is recognised.
 */
export const hostOf = (headers: IncomingHttpHeaders): string | undefined => {
  const host: unknown = headers.host ?? headers[':authority']
  return typeof host === 'string' && host.length <= MAX_BYTES ? host : undefined
}
