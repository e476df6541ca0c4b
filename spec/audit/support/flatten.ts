/** The values of a record by their dotted names; arrays are values. */
export const flatten = (record: object, prefix = ''): Map<string, unknown> => {
  const flat = new Map<string, unknown>()
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, leaf] of flatten(value, `${prefix}${name}.`)) flat.set(inner, leaf)
    } else flat.set(prefix + name, value)
  }
  return flat
}
