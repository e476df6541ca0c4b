/** One of a list that is not empty, counted round. */
export const pick = <T>(list: readonly T[], index: number): T => {
  const picked = list[index % list.length]
  if (picked === undefined) throw new RangeError('nothing to pick from')
  return picked
}

/** As `pick`, and takes it out of the list; `undefined` out of an empty one. */
export const take = <T>(list: T[], index: number): T | undefined => list.splice(index % list.length, 1)[0]
