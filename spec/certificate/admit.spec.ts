import { createSelfSigned } from 'mtls-identity/testing'
import { admitCertificate } from '../../lib/certificate/admit.js'
import { thumbprintOf } from '../../lib/certificate/thumbprint.js'
import { buildCertificate, extension, subjectAltName } from '../support/build-certificate.js'
import { codeOf } from '../support/code-of.js'
import { ascii, hex, tlv } from '../support/der.js'

const { der, thumbprint } = createSelfSigned({ subject: { commonName: 'alice' } })
const other = createSelfSigned({ subject: { commonName: 'intermediate' } }).der
const admit = (bytes: Uint8Array, chain: readonly Uint8Array[] = []): ReturnType<typeof admitCertificate> =>
  admitCertificate(bytes, thumbprintOf(bytes), chain)

const RSA = hex('300d06092a864886f70d0101010500')
const BASIC_CONSTRAINTS = hex('0603551d13')

describe('admitCertificate', () => {
  it('gives the record', () => {
    const admitted = admit(der)
    expect(admitted.thumbprint).toBe(thumbprint)
    expect(admitted.notAfter - admitted.notBefore).toBeGreaterThan(0)
    expect(admitted.der).toEqual(der)
  })

  it('parses at once what is not plain, and nothing else', () => {
    const unusual = buildCertificate({ version: hex('a003020101') })
    expect(admit(unusual).certificate?.subject).toBe('CN=alice')
    expect(admit(der).certificate).toBeUndefined()
  })

  it('keeps bytes of its own, not a view of a pool', () => {
    const pooled = Buffer.from(Buffer.from(der).toString('base64'), 'base64')
    const admitted = admit(pooled)
    pooled.fill(0)
    expect(admitted.der).toEqual(der)
    expect(admitted.der.buffer.byteLength).toBe(der.length)
  })

  it('keeps the intermediate certificates in order, in bytes of their own', () => {
    const copy = Uint8Array.from(other)
    const admitted = admit(der, [copy, der])
    copy.fill(0)
    expect(admitted.chain.map((bytes) => Buffer.from(bytes))).toEqual(
      [other, der].map((bytes) => Buffer.from(bytes)),
    )
    expect(thumbprintOf(admitted.der)).toBe(thumbprint)
  })

  it.each<[string, Uint8Array, Uint8Array[]]>([
    ['bytes after the certificate, which OpenSSL alone would take', Buffer.concat([der, hex('00')]), []],
    ['PEM, which OpenSSL alone would take', Buffer.from(createSelfSigned({ subject: {} }).certificate), []],
    ['a certificate that is cut off', der.subarray(0, -1), []],
    [
      'a serial number that OpenSSL refuses as padded',
      buildCertificate({ serialNumber: hex('02020001') }),
      [],
    ],
    ['a version that OpenSSL cannot read', buildCertificate({ version: hex('a003040102') }), []],
    ['a key that only @peculiar/x509 reads', buildCertificate({ publicKey: hex('3000') }), []],
    [
      'an RSA key whose numbers do not parse',
      buildCertificate({ publicKey: tlv(0x30, RSA, hex('030300 0500')) }),
      [],
    ],
    [
      'an extension that @peculiar/x509 would throw at once and then hide',
      buildCertificate({
        extensions: [subjectAltName(tlv(0x82, ascii('a'))), extension(BASIC_CONSTRAINTS, hex('0500'))],
      }),
      [],
    ],
    ['a chain with what is no certificate', der, [hex('3000')]],
    ['a chain with bytes after a certificate', der, [other, Buffer.concat([other, hex('00')])]],
    ['a chain of eleven', der, Array.from({ length: 11 }, () => other)],
  ])('refuses %s', (_what, bytes, chain) => {
    expect(codeOf(() => admit(bytes, chain))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
