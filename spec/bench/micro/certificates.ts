import { hash } from 'node:crypto'
import { createCertificateAuthority } from '../../../lib/testing/index.js'

/** A certificate as a client has it; nobody signed the ones that are forged, which nothing here checks. */
export interface BenchCertificate {
  readonly der: Buffer
  readonly base64: string
  readonly thumbprint: string
}

/** Makes certificates of one kind in no time: the one with this number, or else the next. */
export type Forge = (number?: number) => BenchCertificate

const SERIAL_NUMBER = '7f'.repeat(16)
const SUBJECT = { commonName: 'device-0815', organization: 'Example Ltd', organizationalUnit: 'Fleet' }
const LARGE_BYTES = 10 * 1_024

/** `sha256`, in one call. */
export const sha256 = (der: Uint8Array): string => hash('sha256', der, 'hex')

/** The kinds of certificates that are measured. */
export const CERTIFICATE_KINDS = ['P-256', 'RSA-2048 with SANs', 'RSA-4096', '10 KB'] as const
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number]

const mint = (kind: CertificateKind): Uint8Array => {
  const authority = createCertificateAuthority()
  const common = { subject: SUBJECT, serialNumber: SERIAL_NUMBER }
  switch (kind) {
    case 'P-256':
      return authority.issue(common).der
    case 'RSA-2048 with SANs':
      return authority.issue({
        ...common,
        key: 'RSA-2048',
        subjectAltName: [
          { type: 'dNSName', value: 'device-0815.fleet.example.com' },
          { type: 'dNSName', value: 'device-0815.eu.fleet.example.com' },
          { type: 'uniformResourceIdentifier', value: 'spiffe://example.com/fleet/device-0815' },
          { type: 'rfc822Name', value: 'device-0815@example.com' },
        ],
      }).der
    case 'RSA-4096':
      return authority.issue({ ...common, key: 'RSA-4096' }).der
    case '10 KB': {
      const bare = authority.issue({ ...common, paddingBytes: 1_024 }).der.length
      return authority.issue({ ...common, paddingBytes: LARGE_BYTES - bare + 1_024 }).der
    }
  }
}

export const createForge = (kind: CertificateKind): Forge => {
  const template = Buffer.from(mint(kind))
  const place = template.indexOf(SERIAL_NUMBER, 'hex') + SERIAL_NUMBER.length / 2 - 4
  let made = 0
  return (number = made++) => {
    const der = Buffer.from(template)
    der.writeUInt32BE(number, place)
    return { der, base64: der.toString('base64'), thumbprint: sha256(der) }
  }
}
