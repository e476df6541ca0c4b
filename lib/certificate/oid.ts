import { MtlsIdentityError } from '../errors.js'

/** Decodes the content of an OBJECT IDENTIFIER (X.690 section 8.19) to its dotted form. */
export const decodeOid = (content: Uint8Array): string => {
  const last = content.at(-1)
  if (last === undefined || last >= 0x80) throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
  const [first = 0n, ...rest] = subidentifiers(content)
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

const subidentifiers = (content: Uint8Array): bigint[] => {
  const numbers: bigint[] = []
  let number = 0n
  for (const byte of content) {
    number = (number << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0n
    }
  }
  return numbers
}
