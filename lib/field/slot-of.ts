const SAMPLES = 8

/**
 * One of so many slots for a text, always the same; another for most other texts. Quick, for it looks at no more
 * than eight characters, and so good for texts that differ everywhere, such as hashes.
 */
export const slotOf = (text: string, slots: number): number => {
  const { length } = text
  let hash = length
  // Whole numbers only: V8 has no quick way to the character at 4.5.
  for (let i = 0; i < SAMPLES; i++) hash = Math.imul(hash, 31) + text.charCodeAt((i * length) >>> 3)
  return (hash >>> 0) % slots
}
