/** Whether a value of any kind has a function under each of these names. */
export const hasFunctions = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => typeof Reflect.get(Object(value) as object, name) === 'function')
