import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Evidence, MtlsContext } from '../../../lib/index.js'
import type { MtlsIdentityMiddleware } from '../../../lib/middleware.js'
import { createRequest, createSocket } from './request.js'
import type { Subject } from './subject.js'
import { wireOf } from './wire.js'

export type MtlsIncomingMessage = IncomingMessage & { readonly mtls: MtlsContext }

const RESPONSE = new ServerResponse(createRequest(wireOf([]), createSocket()))

const next = (error?: unknown): void => {
  if (error !== undefined) throw new Error('A request was refused.', { cause: error })
}

/** Hands a request to a middleware as Express does. */
export const handle = (middleware: MtlsIdentityMiddleware, req: IncomingMessage): MtlsIncomingMessage => {
  middleware(req, RESPONSE, next)
  return req as MtlsIncomingMessage
}

export interface HandlingOptions {
  readonly runs: number
  readonly evidence: Evidence
}

/** A middleware, called directly. Every request must be recognised, by this evidence, with no problem. */
export const handling = (
  middleware: MtlsIdentityMiddleware,
  prepare: () => IncomingMessage,
  { runs, evidence }: HandlingOptions,
): Subject => ({
  runs,
  prepare,
  run: (req: IncomingMessage) => handle(middleware, req),
  verify(results: readonly unknown[]) {
    for (const { mtls } of results as MtlsIncomingMessage[]) {
      if (mtls.evidence !== evidence || mtls.identity === undefined || mtls.problems.length > 0) {
        throw new Error(`A client was not recognised: ${mtls.evidence} ${mtls.problems.join()}`)
      }
    }
  },
})
