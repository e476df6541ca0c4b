import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/**
 * V8 compiles `req.headers` to a cache by hidden class, than which nothing is quicker. But Express gives every request
 * a hidden class of its own, which is in no cache: from the first such request on, properties that nobody may have
 * asked for yet are looked up without one, which takes a third of the time.
 */
let isCaching = true

/** Says that there are requests of Express in this process. */
export const expectExpressRequests = (): void => {
  isCaching = false
}

/** `req.socket` */
export const socketOf = (req: IncomingMessage): Socket =>
  isCaching ? req.socket : Reflect.get(req, 'socket')

/** `req.headers` */
export const fieldsOf = (req: IncomingMessage): IncomingHttpHeaders =>
  isCaching ? req.headers : Reflect.get(req, 'headers')

/** `req.rawHeaders` */
export const linesOf = (req: IncomingMessage): string[] =>
  isCaching ? req.rawHeaders : Reflect.get(req, 'rawHeaders')

/** Whether it is worth a closer look if a request is one of Express, all of which have an application. */
export const mayBeOfExpress = (req: IncomingMessage & { readonly app?: unknown }): boolean =>
  !isCaching || req.app !== undefined
