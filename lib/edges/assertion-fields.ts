import type { IncomingMessage } from 'node:http'
import { readSingleton } from '../field/singleton.js'
import type { EdgeAssertions } from './edge.js'

/** A field that asserts one thing: its name in lower case, its cap, and what its text means. */
export interface AssertionField {
  readonly assertion: keyof EdgeAssertions
  readonly field: string
  readonly maxBytes: number
  /** Throws `ERR_MTLS_FIELD_INVALID` for what it does not understand. */
  readonly decode: (text: string) => boolean | string | Date
}

/** Reads what these fields assert on a request; what was not said is absent. */
export const readAssertions = (req: IncomingMessage, fields: readonly AssertionField[]): EdgeAssertions => {
  const assertions: Partial<Record<keyof EdgeAssertions, unknown>> = {}
  for (const { assertion, field, maxBytes, decode } of fields) {
    const text = readSingleton(req, field, maxBytes)
    if (text !== undefined) assertions[assertion] = decode(text)
  }
  return assertions as EdgeAssertions
}
