import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { resolveFieldName } from '../field/field-name.js'
import { readSingleton } from '../field/singleton.js'
import type { EdgeAssertions } from './edge.js'

/** What is known of one field of an edge before an operator names it. */
export interface FieldSpec<T = EdgeAssertions> {
  /** Its name by default. Without one it is read only where the operator names it. */
  readonly field?: string
  readonly maxBytes: number
  /** A text that the edge sends where it has nothing to say. */
  readonly placeholder?: string
  /** Throws `ERR_MTLS_FIELD_INVALID` for what it does not understand. */
  readonly decode: (text: string) => T
}

/** A field with its name, in lower case. */
export interface EdgeField<T = EdgeAssertions> extends FieldSpec<T> {
  readonly field: string
}

/** A field under the name that the operator gives, or its default; `undefined` where it has no name. */
export const nameField = <T>(
  spec: FieldSpec<T>,
  given: unknown,
  option: string,
): EdgeField<T> | undefined => {
  const name = given === undefined ? spec.field : given
  return name === undefined ? undefined : { ...spec, field: resolveFieldName(name, option) }
}

/** The text of a field, `undefined` where the edge has nothing to say. */
export const readText = (
  req: IncomingMessage,
  { field, maxBytes, placeholder }: EdgeField<unknown>,
): string | undefined => {
  const text = readSingleton(req, field, maxBytes)
  return text === placeholder ? undefined : text
}

/** What these fields assert together. Throws `ERR_MTLS_FIELD_INVALID` where two contradict each other. */
export const readStatements = (req: IncomingMessage, fields: readonly EdgeField[]): EdgeAssertions => {
  const assertions: Record<string, unknown> = {}
  for (const field of fields) {
    const text = readText(req, field)
    if (text !== undefined) addStatement(assertions, field.decode(text))
  }
  return assertions
}

const addStatement = (assertions: Record<string, unknown>, statement: EdgeAssertions): void => {
  for (const [name, value] of Object.entries(statement) as [string, unknown][]) {
    if ((assertions[name] ??= value) !== value) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
}
