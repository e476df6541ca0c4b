import type { IncomingMessage } from 'node:http'

/**
 * Takes fields (lower-case names) off a request, out of `headers`, `headersDistinct` and `rawHeaders`,
 * without reading their values. Names are matched whole: `_` and `-` are different characters.
 */
export const removeFields = (req: IncomingMessage, names: ReadonlySet<string>): void => {
  deleteNames(req.headers, names)
  const kept = linesWithout(req.rawHeaders, names)
  if (kept.length === req.rawHeaders.length) return
  // Node builds headersDistinct on first use, from as many raw lines as came: so before any of them goes.
  // A request over HTTP/2 has none.
  deleteNames((req as Partial<IncomingMessage>).headersDistinct ?? {}, names)
  req.rawHeaders.splice(0, req.rawHeaders.length, ...kept)
}

const deleteNames = (fields: object, names: ReadonlySet<string>): void => {
  for (const name of names) {
    // Deleting a name that is not there, the common case, would still slow the object down.
    if (Object.hasOwn(fields, name)) Reflect.deleteProperty(fields, name)
  }
}

/** Names and values take turns in `rawHeaders`. */
const linesWithout = (rawHeaders: readonly string[], names: ReadonlySet<string>): string[] =>
  rawHeaders.filter((_, index) => !names.has(String(rawHeaders[index - (index % 2)]).toLowerCase()))
