import { createHash } from 'node:crypto'
import { createCertificateAuthority } from 'mtls-identity/testing'

/**
 * Certificates that are all different and all well-formed: one, with another serial number each. Nobody has
 * signed them, but who could tell that from the bytes?
 *
 * @returns {(number: number) => { readonly der: Buffer, readonly thumbprint: string }}
 */
export const createForger = () => {
  const serialNumber = '7f'.repeat(16)
  const { der } = createCertificateAuthority().issue({ subject: { commonName: 'forged' }, serialNumber })
  const place = Buffer.from(der).indexOf(serialNumber, 'hex')
  return (number) => {
    const forged = Buffer.from(der)
    forged.writeUInt32BE(number, place + 12)
    return { der: forged, thumbprint: createHash('sha256').update(forged).digest('hex') }
  }
}
