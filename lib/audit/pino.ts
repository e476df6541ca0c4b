import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MtlsContext } from '../context.js'
import { contextOf } from '../request.js'
import { resolveAdapterProfile, type AdapterOptions } from './adapter-options.js'
import { escapeText } from './escape-text.js'
import { compact, type AuditRecord } from './schema.js'
import { toPlain } from './to-plain.js'
import { pathOf } from './path-of.js'

/** Serializers for `pino({ serializers })`: `logger.info({ mtls: req.mtls })` writes what `toPlain()` does. */
export type PinoSerializers = Readonly<Record<'mtls', (context: MtlsContext | undefined) => AuditRecord>>

/** Serializers of a pino logger. Throws a `TypeError` for a wrong option. */
export const pinoSerializers = (options: AdapterOptions = {}): PinoSerializers => {
  const profile = resolveAdapterProfile(options, 'pinoSerializers()')
  return { mtls: (context) => toPlain(context, { profile }) }
}

/** Options for `pinoHttp()`, to be spread among yours. */
export interface PinoHttpOptions {
  readonly serializers: {
    readonly req: (req: PinoHttpRequest) => AuditRecord
    readonly res: (res: { readonly statusCode?: unknown }) => AuditRecord
  }
  readonly customProps: (req: IncomingMessage, res: ServerResponse) => { readonly mtls?: AuditRecord }
}

/** What pino's own serializer has made of a request. */
interface PinoHttpRequest {
  readonly id?: unknown
  readonly method?: unknown
  readonly url?: unknown
  readonly remoteAddress?: unknown
}

/**
 * Options that make `pino-http` write what is known about the client, as `mtls`, in the line of each request that
 * is over. Of the request it writes id, method, path and the peer's address, and no field: those that the edge
 * sends are the certificate itself. Throws a `TypeError` for a wrong option.
 */
export const pinoHttpOptions = (options: AdapterOptions = {}): PinoHttpOptions => {
  const profile = resolveAdapterProfile(options, 'pinoHttpOptions()')
  return {
    serializers: {
      req: ({ id, method, url, remoteAddress }) =>
        compact({
          id: toText(id),
          method: toText(method),
          url: typeof url === 'string' ? pathOf(url) : undefined,
          remoteAddress: profile === 'full' ? toText(remoteAddress) : undefined,
        }),
      res: ({ statusCode }) => ({ statusCode }),
    },
    // It is asked when the request arrives as well, and would write the same key twice.
    customProps: (req, res) =>
      res.writableEnded || res.destroyed ? { mtls: toPlain(contextOf(req), { profile }) } : {},
  }
}

const toText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? escapeText(String(value)) : undefined
