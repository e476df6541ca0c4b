import { assertOptionNames, resolveFlag, resolvePositiveInteger } from '../option-check.js'
import type { EdgeAssertions } from './edge.js'
import { nameField, type EdgeField, type FieldSpec } from './edge-fields.js'

/** Options of every edge that speaks in fields; `Fields` has one name for each of them. */
export interface FieldEdgeOptions<Fields extends object> {
  /** Names of the fields, where they are not the default ones. What has no name is not read. */
  readonly fields?: Readonly<Partial<Fields>>
  /** The edge refuses unverified certificates, and clients cannot send its fields. Default: false. */
  readonly enforced?: boolean
  /** The largest certificate field in bytes. Default: 16384, or 32768 where a chain is in it. */
  readonly maxCertificateBytes?: number
}

/** Options of an edge that sends intermediates in a field of their own. */
export interface ChainFieldEdgeOptions<Fields extends object> extends FieldEdgeOptions<Fields> {
  /** The largest field of intermediate certificates in bytes. Default: 32768. */
  readonly maxChainBytes?: number
}

/** How one kind of edge speaks in fields. */
export interface FieldEdgeSpec {
  readonly name: string
  readonly certificate: FieldSpec<Uint8Array>
  /** Intermediates in a field of their own. */
  readonly chain?: FieldSpec<readonly Uint8Array[]>
  /** Intermediates behind the certificate, in its field. */
  readonly decodeFurther?: (text: string) => readonly Uint8Array[]
  /** What else it says, by the name that the option `fields` has for it. */
  readonly asserted?: Readonly<Record<string, FieldSpec>>
  /** Fields in lower case that it also sends: not read, but removed with the others. */
  readonly unread?: readonly string[]
  /** Concludes what the fields mean together. Default: what each of them says. */
  readonly conclude?: (said: EdgeAssertions, hasCertificate: boolean) => EdgeAssertions
  /** Whether the edge answers for the verification. Default: it says "verified", and not "revoked". */
  readonly isVerified?: (said: EdgeAssertions) => boolean
  /** Whether a thumbprint without its certificate is the edge's own word. Default: always. */
  readonly isVouched?: (said: EdgeAssertions) => boolean
}

/** A spec under the names and limits that an operator gives. */
export interface FieldEdgeSettings extends Required<
  Pick<FieldEdgeSpec, 'conclude' | 'isVerified' | 'isVouched'>
> {
  readonly certificate: EdgeField<unknown> | undefined
  /** The field that carries the intermediates; it can be the same one. */
  readonly chain: EdgeField<unknown> | undefined
  readonly asserted: readonly EdgeField[]
  readonly enforced: boolean
}

/** Names and limits every field. Throws a `TypeError` that names the option and says what it must be. */
export const resolveFieldEdge = (
  spec: FieldEdgeSpec,
  options: ChainFieldEdgeOptions<object>,
): FieldEdgeSettings => {
  const { conclude = asSaid, isVerified = isVerifiedAndNotRevoked, isVouched = always } = spec
  const optionNames = ['fields', 'enforced', 'maxCertificateBytes', ...(spec.chain ? ['maxChainBytes'] : [])]
  assertOptionNames(options, optionNames, `${spec.name}()`)
  const name = namer(spec, options.fields)
  const certificate = name('certificate', limit(spec.certificate, options, 'maxCertificateBytes'))
  const chain = spec.chain && name('chain', limit(spec.chain, options, 'maxChainBytes'))
  const asserted = Object.entries(spec.asserted ?? {}).flatMap(([key, field]) => name(key, field) ?? [])
  assertDistinct(spec, [certificate, chain, ...asserted])
  return {
    certificate,
    chain: spec.decodeFurther ? certificate : chain,
    asserted,
    conclude,
    isVerified,
    isVouched,
    enforced: resolveFlag(options.enforced, 'enforced'),
  }
}

const asSaid = (said: EdgeAssertions): EdgeAssertions => said
const always = (): boolean => true
const isVerifiedAndNotRevoked = ({ verified, revoked }: EdgeAssertions): boolean =>
  verified === true && revoked !== true

const namer = (
  spec: FieldEdgeSpec,
  fields: object = {},
): (<T>(key: string, field: FieldSpec<T>) => EdgeField<T> | undefined) => {
  const keys = ['certificate', ...(spec.chain ? ['chain'] : []), ...Object.keys(spec.asserted ?? {})]
  assertOptionNames(fields, keys, `the option fields of ${spec.name}()`)
  const given = fields as Readonly<Record<string, unknown>>
  return (key, field) => nameField(field, given[key], `fields.${key}`)
}

const limit = <T>(
  field: FieldSpec<T>,
  options: ChainFieldEdgeOptions<object>,
  option: 'maxCertificateBytes' | 'maxChainBytes',
): FieldSpec<T> => ({ ...field, maxBytes: resolvePositiveInteger(options[option], field.maxBytes, option) })

const assertDistinct = (
  { name }: FieldEdgeSpec,
  fields: readonly (EdgeField<unknown> | undefined)[],
): void => {
  const names = fields.flatMap((field) => field?.field ?? [])
  if (new Set(names).size < names.length) {
    throw new TypeError(`the option fields of ${name}() must give every field a name of its own`)
  }
}
