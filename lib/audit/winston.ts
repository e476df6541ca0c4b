import type { MtlsContext } from '../context.js'
import { resolveAdapterProfile, type AdapterOptions } from './adapter-options.js'
import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'
import { toPlain } from './to-plain.js'

/** A format as `winston.format.combine()` takes it. */
export interface WinstonFormat {
  readonly transform: <T extends object>(info: T & { message?: unknown; mtls?: unknown }) => T
}

/**
 * A format for winston, to stand before the others: `logger.info('…', { mtls: req.mtls })` writes what `toPlain()`
 * does, and the message escaped. Other things that are logged are left alone. Throws a `TypeError` for a wrong
 * option.
 */
export const winstonFormat = (options: AdapterOptions = {}): WinstonFormat => {
  const profile = resolveAdapterProfile(options, 'winstonFormat()')
  return {
    transform: (info) => {
      const { message, mtls } = info
      return {
        ...info,
        ...(typeof message === 'string' && { message: escapeText(message, MAX_NAME_LENGTH) }),
        ...(isContext(mtls) && { mtls: toPlain(mtls, { profile }) }),
      }
    },
  }
}

const isContext = (value: unknown): value is MtlsContext =>
  typeof value === 'object' && value !== null && 'evidence' in value
