import { isIP } from 'node:net'
import { EcsFlat, EcsVersion } from '@elastic/ecs'
import { flatten } from './flatten.js'

interface EcsField {
  readonly type: string
  readonly normalize: readonly string[]
  readonly allowed_values?: readonly { readonly name: string }[]
}

const FIELDS = EcsFlat as unknown as Readonly<Record<string, EcsField>>
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Whether Elasticsearch takes a value for a field of this type; keywords longer than 1024 are not indexed. */
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  keyword: (value) => typeof value === 'string' && value.length <= 1_024 + '\\{65536 more}'.length,
  wildcard: (value) => typeof value === 'string',
  date: (value) => typeof value === 'string' && ISO_8601.test(value),
  long: (value) => Number.isSafeInteger(value),
  ip: (value) => typeof value === 'string' && isIP(value) !== 0 && !value.includes('%'),
}

const violationsOf = (name: string, value: unknown): string[] => {
  const field = FIELDS[name]
  if (field === undefined) return [`${name} is no field of ECS ${EcsVersion}`]
  if (Array.isArray(value) !== field.normalize.includes('array')) return [`${name} is one value or many`]
  const allowed = field.allowed_values?.map((choice) => choice.name)
  return [value].flat().flatMap((one: unknown) => {
    if (FITS[field.type]?.(one) !== true) return [`${name} is no ${field.type}: ${String(one)}`]
    return allowed?.includes(String(one)) === false ? [`${name} is not one of ${allowed.join()}`] : []
  })
}

/**
 * What ECS, as `@elastic/ecs` publishes it, has against a record. Of what it does not define, keys in `labels`
 * may have any keyword, and the name `mtls` is ours.
 */
export const ecsViolations = (record: object): string[] =>
  [...flatten(record)].flatMap(([name, value]) => {
    if (name.startsWith('mtls.')) return []
    return name.startsWith('labels.') && typeof value === 'string' ? [] : violationsOf(name, value)
  })
