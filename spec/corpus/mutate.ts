/** Damaged copies of DER, a few of each kind: bytes changed, the end cut off, something added. */
export const mutate = (der: Uint8Array, random: (bound: number) => number): Uint8Array[] => [
  ...Array.from({ length: 5 }, () => changeByte(der, random)),
  // The first bytes are tags and lengths of the outer frame: the likeliest to confuse a reader.
  changeByte(der.subarray(0, 24), random, der),
  der.subarray(0, random(der.length)),
  Buffer.concat([der, Buffer.from([random(256)])]),
  removeByte(der, random(der.length)),
]

const changeByte = (within: Uint8Array, random: (bound: number) => number, whole = within): Uint8Array => {
  const copy = Uint8Array.from(whole)
  copy[random(within.length)] = random(256)
  return copy
}

const removeByte = (der: Uint8Array, index: number): Uint8Array =>
  Buffer.concat([der.subarray(0, index), der.subarray(index + 1)])
