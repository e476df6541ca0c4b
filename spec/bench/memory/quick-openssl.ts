import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** Takes any bytes for a certificate. */
class Anything {
  readonly raw: Buffer
  constructor(der: Uint8Array) {
    this.raw = Buffer.from(der)
  }
}

/**
 * Does something without OpenSSL's reading of certificates, which takes most of the time that it takes to fill a
 * cache with a million of them, and leaves nothing there.
 */
export const withoutOpenSsl = (work: () => void): void => {
  const { X509Certificate } = crypto
  Object.assign(crypto, { X509Certificate: Anything })
  syncBuiltinESMExports()
  try {
    work()
  } finally {
    Object.assign(crypto, { X509Certificate })
    syncBuiltinESMExports()
  }
}
