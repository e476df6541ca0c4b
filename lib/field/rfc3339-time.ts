import { MtlsIdentityError } from '../errors.js'

/** `date-time` of RFC 3339 section 5.6, without a fraction: the clock, and its offset from UTC. */
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|([+-])(\d\d):(\d\d))$/
const MINUTE_MS = 60_000

/**
 * Decodes a time such as `2022-07-01T18:05:09+00:00` or `…Z`. Throws `ERR_MTLS_FIELD_INVALID`, also for a
 * moment that the calendar does not have.
 */
export const decodeRfc3339Time = (text: string): Date => {
  const [, clock = '', sign, hours = '0', minutes = '0'] = DATE_TIME.exec(text) ?? []
  const time = Date.parse(text)
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
  const local = new Date(time + (sign === '-' ? -offsetMs : offsetMs))
  // Date takes 30 February for 2 March: only what reads back is right.
  if (Number.isNaN(time) || !local.toISOString().startsWith(`${clock}.`)) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return new Date(time)
}
