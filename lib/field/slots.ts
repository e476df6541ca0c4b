/** Eight characters of a text, an eighth of its length apart. */
const SAMPLES = 8
const SHIFT = 3

/**
 * Values in so many slots. A key has one slot, always the same, out of which it puts whatever was there: whoever
 * comes with ever new keys costs no memory. Quick, for it looks at no more than eight characters of a key.
 */
export class Slots<T> {
  readonly #values: (T | undefined)[]

  constructor(slots: number) {
    this.#values = new Array<T | undefined>(slots).fill(undefined)
  }

  /** What is in the slot of a key: what was put there last, perhaps under another key. */
  at(key: string): T | undefined {
    return this.#values[slotOf(key, this.#values.length)]
  }

  put(key: string, value: T): void {
    this.#values[slotOf(key, this.#values.length)] = value
  }
}

/** The slot of a key among so many: another one for most other keys. */
export const slotOf = (key: string, slots: number): number => {
  const { length } = key
  let hash = length
  // Shifted, for V8 has no quick way to the character at 4.5.
  for (let i = 0; i < SAMPLES; i++) hash = Math.imul(hash, 31) + key.charCodeAt((i * length) >>> SHIFT)
  return (hash >>> 0) % slots
}
