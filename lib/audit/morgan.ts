import type { IncomingMessage } from 'node:http'
import { contextOf } from '../request.js'
import { resolveAdapterProfile, type AdapterOptions } from './adapter-options.js'
import { pathOf } from './path-of.js'
import { toPlain } from './to-plain.js'
import type { AuditRecord } from './schema.js'

/** What of morgan is needed. */
export interface Morgan {
  token(
    name: string,
    read: (req: IncomingMessage, res: unknown, arg?: string | number | boolean) => string | undefined,
  ): unknown
}

/**
 * A format of these tokens, each of which is one word: time, method, path, status, milliseconds, evidence,
 * verifiedBy, problems, then thumbprint and subject of a client, of a certificate with problems, and of an
 * inferred one. Two of these three are always `-`.
 */
export const MORGAN_FORMAT = [
  ':date[iso] :method :mtls-path :status :response-time',
  ':mtls[evidence] :mtls[verifiedBy] :mtls[problems]',
  ':mtls-client[thumbprint] :mtls-client[subject]',
  ':mtls-presented[thumbprint] :mtls-presented[subject]',
  ':mtls-inferred[thumbprint] :mtls-inferred[subject]',
].join(' ')

/**
 * Adds tokens to morgan: `:mtls-path`, the path without the query; `:mtls[…]` with `evidence`, `verifiedBy` or
 * `problems`; and `:mtls-client[…]`, `:mtls-presented[…]` and `:mtls-inferred[…]` with `thumbprint`,
 * `serialNumber`, `subject`, `issuer`, `notBefore` or `notAfter`. A value is one word without a space or a quote;
 * what there is not is `-`. Morgan's own `:url`, `:referrer` and `:user-agent` are written as they came. Throws a
 * `TypeError` for a wrong option.
 */
export const addMorganTokens = (morgan: Morgan, options: AdapterOptions = {}): void => {
  const profile = resolveAdapterProfile(options, 'addMorganTokens()')
  const factsOf = (req: IncomingMessage): AuditRecord => toPlain(contextOf(req), { profile })
  const addToken = (name: string, read: (req: IncomingMessage) => unknown): void => {
    morgan.token(name, (req, _res, key = '') => toWord(Reflect.get(Object(read(req)) as object, String(key))))
  }
  addToken('mtls', factsOf)
  for (const place of ['client', 'presented', 'inferred']) {
    addToken(`mtls-${place}`, (req) => factsOf(req)[place])
  }
  morgan.token('mtls-path', (req: IncomingMessage & { readonly originalUrl?: string }) =>
    toWord(pathOf(req.originalUrl ?? req.url ?? '')),
  )
}

/** A value as one word, `undefined`, which morgan writes as `-`, without one. */
const toWord = (value: unknown): string | undefined => {
  const texts: unknown[] = [value].flat()
  if (!texts.every((text) => typeof text === 'string') || texts.join() === '') return undefined
  const word = texts.join().replaceAll(' ', '\\u{20}').replaceAll('"', '\\u{22}')
  return word === '-' ? '\\u{2D}' : word
}
