import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'
import { createSelfSigned } from 'mtls-identity/testing'
import { parseX509 } from '../../lib/certificate/x509.js'
import { buildCertificate, extension, subjectAltName } from '../support/build-certificate.js'
import { codeOf } from '../support/code-of.js'
import { ascii, hex, tlv } from '../support/der.js'

const { der } = createSelfSigned({ subject: { commonName: 'alice' } })
const BAD_EXTENSION = buildCertificate({
  extensions: [subjectAltName(tlv(0x82, ascii('a'))), extension(hex('0603551d13'), hex('0500'))],
})

describe('parseX509', () => {
  it('gives a certificate that keeps bytes of its own', () => {
    const bytes = Uint8Array.from(der)
    const certificate = parseX509(bytes)
    bytes.fill(0)
    new Uint8Array(certificate.rawData).fill(0)
    expect(certificate.subject).toBe('CN=alice')
    expect(certificate.extensions.length).toBeGreaterThan(0)
  })

  it('finds what the package throws on first access only, and hides ever after', () => {
    const lazy = new X509Certificate(BAD_EXTENSION)
    expect(() => lazy.extensions).toThrow()
    expect(lazy.extensions).toEqual([])
    expect(codeOf(() => parseX509(BAD_EXTENSION))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['no certificate', hex('3000')],
  ])('refuses %s', (_what, bytes) => {
    expect(codeOf(() => parseX509(bytes))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
