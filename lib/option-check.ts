/** Throws a `TypeError` that names the first option which `names` does not have. */
export const assertOptionNames = (options: object, names: readonly string[], owner: string): void => {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`${owner} has no option '${unknown}'; its options are ${names.join(', ')}`)
  }
}

/** A flag, false by default. Anything but a boolean is a `TypeError` that names the option. */
export const resolveFlag = (value: unknown, option: string): boolean => {
  if (value === undefined) return false
  if (typeof value !== 'boolean') throw new TypeError(`${option} must be true or false`)
  return value
}

/** A positive whole number. Anything else is a `TypeError` that names the option. */
export const resolvePositiveInteger = (value: unknown, byDefault: number, option: string): number => {
  if (value === undefined) return byDefault
  if (isWholeNumber(value) && value > 0) return value
  throw new TypeError(`${option} must be a positive whole number`)
}

/** A whole number, or 0 for none. Anything else is a `TypeError` that names the option. */
export const resolveCount = (value: unknown, byDefault: number, option: string): number => {
  if (value === undefined) return byDefault
  if (isWholeNumber(value) && value >= 0) return value
  throw new TypeError(`${option} must be a whole number, 0 or more`)
}

/** Whether a value of any kind has a function under each of these names: what is taken by its structure. */
export const hasFunctions = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => typeof Reflect.get(Object(value) as object, name) === 'function')

const isWholeNumber = (value: unknown): value is number => Number.isSafeInteger(value)
