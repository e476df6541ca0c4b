import { slotOf } from './slot-of.js'

/**
 * The same function, which remembers what it made of texts, in so many slots. A text has one slot, out of which
 * it puts whatever was there: whoever sends ever new ones costs no memory. For equal texts the value is the
 * same one, and if that is a string, V8 has its hash by then, which look-ups in a `Map` are mostly made of.
 * What the function throws is not remembered.
 */
export const memoized = <T>(decode: (text: string) => T, slots: number): ((text: string) => T) => {
  const texts = new Array<string | undefined>(slots).fill(undefined)
  const values = new Array<T | undefined>(slots).fill(undefined)
  return (text) => {
    const slot = slotOf(text, slots)
    if (texts[slot] === text) return values[slot] as T
    const value = decode(text)
    texts[slot] = text
    values[slot] = value
    return value
  }
}
