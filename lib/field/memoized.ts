import { Slots } from './slots.js'

/**
 * The same function, which remembers what it made of texts, in so many slots. For equal texts the value is the
 * same one, and if that is a string, V8 has its hash by then, which look-ups in a `Map` are mostly made of.
 * What the function throws is not remembered.
 */
export const memoized = <T>(decode: (text: string) => T, slots: number): ((text: string) => T) => {
  const remembered = new Slots<{ readonly text: string; readonly value: T }>(slots)
  return (text) => {
    const known = remembered.at(text)
    if (known?.text === text) return known.value
    const value = decode(text)
    remembered.put(text, { text, value })
    return value
  }
}
