import crypto from 'node:crypto'

/** The thumbprint of a certificate: the SHA-256 of its DER as 64 lower-case hex digits. */
export const thumbprintOf = (der: Uint8Array): string => sha256(der, 'hex')

type Sha256 = (bytes: Uint8Array, encoding: 'hex' | 'base64') => string

const inOneCall: Sha256 = (bytes, encoding) => crypto.hash('sha256', bytes, encoding)
const inThreeCalls: Sha256 = (bytes, encoding) => crypto.createHash('sha256').update(bytes).digest(encoding)

/** SHA-256 in the encoding asked for. Before Node 20.12 there is no one call for it. */
export const sha256: Sha256 = 'hash' in crypto ? inOneCall : inThreeCalls

/** The `x5t#S256` of RFC 7515 section 4.1.8 and RFC 8705 section 3.1: base64url without padding. */
export const x5tS256Of = (thumbprint: string): string => Buffer.from(thumbprint, 'hex').toString('base64url')
