import { createHash } from 'node:crypto'

/** SHA-256 of a certificate's DER, 64 lower-case hexadecimal digits. */
export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
