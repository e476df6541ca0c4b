import { MtlsIdentityError } from '../errors.js'

/** 128 bits, the largest arc in use (ITU-T X.667); the time that longer ones take grows with the square. */
const MAX_SUBIDENTIFIER_BYTES = 19

/**
 * Decodes the content of an OBJECT IDENTIFIER (X.690 section 8.19) to its dotted form. Throws
 * `ERR_MTLS_CERTIFICATE_INVALID`, also for padded arcs, so that no OID has two encodings.
 */
export const decodeOid = (content: Uint8Array): string => {
  const [first, ...rest] = subidentifiers(content)
  if (first === undefined) return invalid()
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

const subidentifiers = (content: Uint8Array): bigint[] => {
  const numbers: bigint[] = []
  let number = 0n
  let start = 0
  for (const [index, byte] of content.entries()) {
    if ((index === start && byte === 0x80) || index - start === MAX_SUBIDENTIFIER_BYTES) invalid()
    number = (number << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    numbers.push(number)
    number = 0n
    start = index + 1
  }
  return start === content.length ? numbers : invalid()
}
