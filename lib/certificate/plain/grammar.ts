/**
 * Where a piece of DER that begins at `start` ends, or `NO_MATCH` where it is not what the rule describes.
 * A rule looks at nothing from `end` on. It only recognises: it makes no object, so that asking costs next to nothing.
 */
export type Rule = (der: Uint8Array, start: number, end: number) => number

export const NO_MATCH = -1

const NEVER = Number.POSITIVE_INFINITY

/** An element of this tag, its length in the shortest form (X.690 section 10.1), with exactly this content. */
export const element =
  (tag: number, content: Rule): Rule =>
  (der, start, end) => {
    if (start >= end || der[start] !== tag) return NO_MATCH
    const from = contentStart(der, start)
    if (from > end) return NO_MATCH
    const to = from + contentLength(der, start, from)
    return to <= end && content(der, from, to) === to ? to : NO_MATCH
  }

/** These, one after the other. */
export const inOrder =
  (...rules: readonly Rule[]): Rule =>
  (der, start, end) => {
    let position = start
    for (const rule of rules) {
      position = rule(der, position, end)
      if (position === NO_MATCH) return NO_MATCH
    }
    return position
  }

/** These in any order up to the end, each of them once at most. */
export const inAnyOrder =
  (...rules: readonly Rule[]): Rule =>
  (der, start, end) => {
    let left = rules
    let position = start
    while (position < end) {
      const at = position
      const matching = left.find((rule) => rule(der, at, end) !== NO_MATCH)
      if (matching === undefined) return NO_MATCH
      position = matching(der, at, end)
      left = left.filter((rule) => rule !== matching)
    }
    return position
  }

/** Any number of these up to the end. */
export const repeated =
  (rule: Rule): Rule =>
  (der, start, end) => {
    let position = start
    while (position !== NO_MATCH && position < end) position = rule(der, position, end)
    return position
  }

/** The first of these that matches. */
export const oneOf =
  (...rules: readonly Rule[]): Rule =>
  (der, start, end) => {
    for (const rule of rules) {
      const position = rule(der, start, end)
      if (position !== NO_MATCH) return position
    }
    return NO_MATCH
  }

/** This, or nothing. */
export const optional = (rule: Rule): Rule => oneOf(rule, (_der, start) => start)

/** Exactly these bytes. */
export const literal = (hex: string): Rule => {
  const bytes = Buffer.from(hex, 'hex')
  return (der, start, end) => {
    if (start + bytes.length > end) return NO_MATCH
    for (let i = 0; i < bytes.length; i++) if (der[start + i] !== bytes[i]) return NO_MATCH
    return start + bytes.length
  }
}

/** Whatever is there, up to the end. */
export const anything: Rule = (_der, _start, end) => end

/** Content of this many bytes, whatever they are. */
export const ofLength =
  (minBytes: number, maxBytes: number): Rule =>
  (_der, start, end) =>
    end - start >= minBytes && end - start <= maxBytes ? end : NO_MATCH

const contentStart = (der: Uint8Array, start: number): number => {
  const first = byteAt(der, start + 1)
  if (first < 0x80) return start + 2
  // One or two octets of length count to 64 KiB.
  return first === 0x81 || first === 0x82 ? start + 2 + (first & 0x7f) : NEVER
}

const contentLength = (der: Uint8Array, start: number, from: number): number => {
  if (from === start + 2) return byteAt(der, start + 1)
  const low = byteAt(der, from - 1)
  if (from === start + 3) return low >= 0x80 ? low : NEVER
  const high = byteAt(der, from - 2)
  return high > 0 ? high * 256 + low : NEVER
}

/** The byte at a position, infinity where there is none. */
export const byteAt = (der: Uint8Array, position: number): number => der[position] ?? NEVER
