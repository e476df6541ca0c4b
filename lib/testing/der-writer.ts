const lengthOctets = (length: number): Buffer => {
  if (length < 0x80) return Buffer.of(length)
  const digits = length.toString(16)
  const octets = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.of(0x80 | octets.length, ...octets)
}

/** One value in DER: the tag, the shortest definite length, the contents (X.690 sections 8.1 and 10.1). */
export function encodeValue(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  return Buffer.concat([Buffer.of(tag), lengthOctets(length), ...contents])
}

/** A SEQUENCE of values already in DER. */
export function sequence(...values: readonly Uint8Array[]): Buffer {
  return encodeValue(0x30, ...values)
}

/** A SET OF values already in DER, in the order that DER wants (X.690 section 11.6). */
export function setOf(...values: readonly Uint8Array[]): Buffer {
  return encodeValue(0x31, ...values.toSorted((a, b) => Buffer.compare(a, b)))
}

/** A non-negative INTEGER from hexadecimal digits, in the fewest octets; a `TypeError` for anything else. */
export function integer(hex: string): Buffer {
  if (!/^[0-9a-f]+$/i.test(hex)) throw new TypeError('An INTEGER must be given as hexadecimal digits.')
  const digits = BigInt(`0x${hex}`).toString(16)
  const octets = digits.length % 2 === 0 ? digits : `0${digits}`
  // A set high bit would make the number negative.
  return encodeValue(0x02, Buffer.from(/^[89a-f]/.test(octets) ? `00${octets}` : octets, 'hex'))
}

const base128 = (arc: bigint): number[] => {
  const low = Number(arc & 0x7fn)
  return arc < 0x80n ? [low] : [...base128(arc >> 7n).map((octet) => octet | 0x80), low]
}

/** An OBJECT IDENTIFIER from its dotted form (X.690 section 8.19); a `TypeError` for anything else. */
export function objectIdentifier(dotted: string): Buffer {
  if (!/^[0-2](\.\d+)+$/.test(dotted)) {
    throw new TypeError(`"${dotted}" must be an object identifier, such as "2.5.4.3".`)
  }
  const arcs = dotted.split('.').map(BigInt)
  const firstTwo = arcs.splice(0, 2).reduce((first, second) => first * 40n + second)
  return encodeValue(0x06, Buffer.from([firstTwo, ...arcs].flatMap(base128)))
}

/** A BIT STRING of whole octets. */
export function bitString(octets: Uint8Array): Buffer {
  return encodeValue(0x03, Buffer.of(0), octets)
}

/** An OCTET STRING. */
export function octetString(octets: Uint8Array): Buffer {
  return encodeValue(0x04, octets)
}

/** BOOLEAN TRUE; FALSE is everywhere a default here, so DER leaves it out. */
export const TRUE = encodeValue(0x01, Buffer.of(0xff))

/** NULL, the parameters of RSA's algorithm identifiers. */
export const NULL = encodeValue(0x05)

/** A Time of RFC 5280 section 4.1.2.5: UTCTime up to 2049, GeneralizedTime from 2050; whole seconds, UTC. */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`
  return date.getUTCFullYear() < 2050
    ? encodeValue(0x17, Buffer.from(digits.slice(2)))
    : encodeValue(0x18, Buffer.from(digits))
}
