import type { IncomingMessage } from 'node:http'

/**
 * Takes fields (lower-case names) off a request, out of `headers`, `headersDistinct` and `rawHeaders`,
 * without reading their values. Names are matched whole: `_` and `-` are different characters.
 */
export const removeFields = (req: IncomingMessage, names: ReadonlySet<string>): void => {
  const removed = removeRaw(req.rawHeaders, names)
  for (const name of names) {
    // A missing key is the common case, and deleting it would still slow the object down.
    if (Object.hasOwn(req.headers, name)) Reflect.deleteProperty(req.headers, name)
    // Node builds headersDistinct on first use, and an HTTP/2 request has none.
    if (removed) Reflect.deleteProperty((req as Partial<IncomingMessage>).headersDistinct ?? {}, name)
  }
}

const removeRaw = (rawHeaders: string[], names: ReadonlySet<string>): boolean => {
  const kept = rawHeaders.filter((_, index) => !names.has(nameAt(rawHeaders, index).toLowerCase()))
  if (kept.length === rawHeaders.length) return false
  rawHeaders.splice(0, rawHeaders.length, ...kept)
  return true
}

const nameAt = (rawHeaders: readonly string[], index: number): string =>
  String(rawHeaders[index - (index % 2)])
