import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { createSelfSigned } from 'mtls-identity/testing'
import { readFacts } from '../../lib/certificate/facts.js'
import { buildCertificate, extension, subjectAltName } from '../support/build-certificate.js'
import { codeOf } from '../support/code-of.js'
import { ascii, attribute, COMMON_NAME, hex, nameOf, tlv, utf8 } from '../support/der.js'

const SAN_OID = hex('0603551d11')

describe('readFacts', () => {
  it('reads everything that a minted certificate says', () => {
    const facts = readFacts(
      createSelfSigned({
        subject: { organization: 'Example', commonName: 'alice' },
        subjectAltName: [
          { type: 'dNSName', value: 'a.example' },
          { type: 'iPAddress', value: '2001:db8::1' },
          { type: 'otherName', typeId: '1.3.6.1.4.1.311.20.2.3', value: 'a@example.org' },
          { type: 'registeredID', value: '1.2.3.4' },
          { type: 'uniformResourceIdentifier', value: 'spiffe://example.org/alice' },
        ],
        serialNumber: '0a0b',
        notBefore: new Date('2026-01-02T03:04:05Z'),
        notAfter: new Date('2051-01-02T03:04:05Z'),
      }).der,
    )
    expect(facts.subject.toString()).toBe('CN=alice,O=Example')
    expect(facts.issuer.toString()).toBe('CN=alice,O=Example')
    expect(facts.subjectAltName).toEqual([
      { type: 'dNSName', value: 'a.example' },
      { type: 'iPAddress', value: '2001:db8::1' },
      { type: 'otherName', value: '1.3.6.1.4.1.311.20.2.3=a@example.org' },
      { type: 'registeredID', value: '1.2.3.4' },
      { type: 'uniformResourceIdentifier', value: 'spiffe://example.org/alice' },
    ])
    expect(facts.spiffeId).toBe('spiffe://example.org/alice')
    expect(facts.serialNumber).toBe('0A0B')
    expect(new Date(facts.notBefore).toISOString()).toBe('2026-01-02T03:04:05.000Z')
    expect(new Date(facts.notAfter).toISOString()).toBe('2051-01-02T03:04:05.000Z')
  })

  it('pins the SubjectPublicKeyInfo as node:crypto exports it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { der } = createSelfSigned({ subject: { commonName: 'a' }, key: privateKey })
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    expect(readFacts(der).spkiSha256).toBe(createHash('sha256').update(spki).digest('base64'))
  })

  it('tells two certificates of one serial number apart by their keys (CVE-2024-2048, CVE-2025-6037)', () => {
    const [one, other] = [1, 2].map(
      () => createSelfSigned({ subject: { commonName: 'a' }, serialNumber: '01' }).der,
    )
    const [first, second] = [one, other].map((der) => readFacts(der ?? new Uint8Array()))
    expect(first?.serialNumber).toBe(second?.serialNumber)
    expect(first?.spkiSha256).not.toBe(second?.spkiSha256)
  })

  it.each([
    ['zero', '00', '0'],
    ['one', '01', '01'],
    ['fifteen', '0f', '0F'],
    ['128, with the sign octet', '0080', '80'],
    ['minus one', 'ff', '-01'],
    ['minus 128', '80', '-80'],
    ['minus 256', 'ff00', '-0100'],
    ['20 octets', `7f${'ab'.repeat(19)}`, `7F${'AB'.repeat(19)}`],
    ['21 octets with the sign', `00ff${'00'.repeat(19)}`, `FF${'00'.repeat(19)}`],
    ['more than RFC 5280 allows', `01${'00'.repeat(63)}`, `01${'00'.repeat(63)}`],
  ])('writes the serial number %s as OpenSSL does', (_what, octets, serialNumber) => {
    const der = buildCertificate({ serialNumber: tlv(0x02, hex(octets)) })
    expect(readFacts(der).serialNumber).toBe(serialNumber)
    expect(new X509Certificate(der).serialNumber).toBe(serialNumber)
  })

  it('gives a frozen list of names, also without the extension', () => {
    const name = subjectAltName(tlv(0x82, ascii('a')))
    for (const parts of [{}, { extensions: [name] }, { extensions: [subjectAltName()] }]) {
      expect(Object.isFrozen(readFacts(buildCertificate(parts)).subjectAltName)).toBe(true)
    }
    expect(readFacts(buildCertificate()).subjectAltName).toEqual([])
  })

  it.each([
    ['an empty serial number', { serialNumber: hex('0200') }],
    ['a name in invalid UTF-8', { subject: nameOf([attribute(COMMON_NAME, tlv(0x0c, hex('c3')))]) }],
    ['an issuer in invalid UTF-8', { issuer: nameOf([attribute(COMMON_NAME, tlv(0x0c, hex('c3')))]) }],
    ['an empty subjectAltName', { extensions: [extension(SAN_OID, new Uint8Array())] }],
    ['a subjectAltName of another type', { extensions: [extension(SAN_OID, utf8('a'))] }],
    ['something after the subjectAltName', { extensions: [extension(SAN_OID, hex('3000 0500'))] }],
    [
      'one bad name among good ones',
      { extensions: [subjectAltName(tlv(0x82, ascii('a')), tlv(0x87, hex('00')))] },
    ],
  ])('refuses %s', (_what, parts) => {
    expect(codeOf(() => readFacts(buildCertificate(parts)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
