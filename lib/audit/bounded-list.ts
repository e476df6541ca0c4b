import { omitted } from './escape-text.js'

/** How many values of one kind a record holds. */
export const MAX_VALUES = 20

/** The first values written, and after them, where there are more, how many are left out, written by `mark`. */
export const boundedList = <T, R>(
  values: readonly T[],
  write: (value: T) => R,
  mark: (text: string) => R,
): R[] => {
  const written = values.slice(0, MAX_VALUES).map(write)
  return values.length > MAX_VALUES ? [...written, mark(omitted(values.length - MAX_VALUES))] : written
}
