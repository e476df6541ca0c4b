import type { Edge, EdgeStatement } from 'mtls-identity/edges'
import { codeOf } from '../../support/code-of.js'
import type { FieldLines } from '../../support/raw-client.js'
import { edgeRequest } from './edge-request.js'

/** A statement with its certificates decoded. */
export interface Taken extends EdgeStatement {
  readonly der: Uint8Array | undefined
  readonly intermediates: readonly Uint8Array[]
}

/** Reads what an edge says on a request, and decodes it as the middleware does for a new certificate. */
export const take = (edge: Edge, fields: FieldLines): Taken => {
  const statement = edge.read(edgeRequest({ fields }))
  const { certificate, chain } = statement
  const der = certificate === undefined ? undefined : Uint8Array.from(edge.decode(certificate))
  const decoded = chain === undefined ? [] : (edge.decodeChain?.(chain) ?? [])
  return { ...statement, der, intermediates: decoded.map((one) => Uint8Array.from(one)) }
}

/** A row of a table of what an edge does not take. */
export type Refused = readonly [what: string, fields: FieldLines, code: string]

/** One fact for each row: what is refused, and with which code. */
export const describeRefused = (edge: Edge, rows: readonly Refused[]): void => {
  it.each(rows)('refuses %s', (_what, fields, code) => {
    expect(codeOf(() => take(edge, fields))).toBe(code)
  })
}
