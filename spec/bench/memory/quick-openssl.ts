import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** Takes any bytes for a certificate. */
class Anything {
  readonly raw: Buffer
  constructor(der: Uint8Array) {
    // In memory of its own, as OpenSSL gives it.
    this.raw = Buffer.from(Uint8Array.from(der).buffer)
  }
}

/**
 * From here on this process does without OpenSSL's reading of certificates, which takes most of the time that it
 * takes to fill a cache with a million of them, and leaves nothing there. What is timed afterwards must not need it.
 */
export const leaveOutOpenSsl = (): void => {
  Object.assign(crypto, { X509Certificate: Anything })
  syncBuiltinESMExports()
}
