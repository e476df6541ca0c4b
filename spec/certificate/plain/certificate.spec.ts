import { generateKeyPairSync } from 'node:crypto'
import { isPlainCertificate } from '../../../lib/certificate/plain/certificate.js'
import { readFacts } from '../../../lib/certificate/facts.js'
import { parseX509 } from '../../../lib/certificate/x509.js'
import {
  buildCertificate,
  extension,
  generalizedTime,
  utcTime,
  type CertificateParts,
} from '../../support/build-certificate.js'
import { ascii, attribute, COMMON_NAME, hex, nameOf, tlv, utf8 } from '../../support/der.js'

const NULL = hex('0500')
const SHA256_WITH_RSA = hex('06092a864886f70d01010b')
const [RSA_KEY, P384_KEY, ED25519_KEY, SECP256K1_KEY] = [
  generateKeyPairSync('rsa', { modulusLength: 1024 }),
  generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  generateKeyPairSync('ed25519'),
  generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
].map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }))

const OID = {
  extKeyUsage: hex('0603551d25'),
  basicConstraints: hex('0603551d13'),
  keyUsage: hex('0603551d0f'),
  subjectKeyIdentifier: hex('0603551d0e'),
  authorityKeyIdentifier: hex('0603551d23'),
  subjectAltName: hex('0603551d11'),
  crlDistributionPoints: hex('0603551d1f'),
  certificatePolicies: hex('0603551d20'),
  authorityInfoAccess: hex('06082b06010505070101'),
  nameConstraints: hex('0603551d1e'),
  clientAuth: hex('06082b06010505070302'),
  userPrincipalName: hex('060a2b060104018237140203'),
  timestamps: hex('060a2b06010401d679020402'),
  netscapeComment: hex('06096086480186f842010d'),
  netscapeType: hex('06096086480186f8420101'),
  unknown: hex('06032a0304'),
} as const

type ExtensionName = keyof typeof OID

const withExtension = (name: ExtensionName, value: Uint8Array): CertificateParts => ({
  extensions: [extension(OID[name], value)],
})
const withAltName = (...names: Uint8Array[]): CertificateParts =>
  withExtension('subjectAltName', tlv(0x30, ...names))
const withSubject = (value: Uint8Array, type: Uint8Array = COMMON_NAME): CertificateParts => ({
  subject: nameOf([attribute(type, value)]),
})

const URI = tlv(0x86, ascii('http://ca.example/crl'))
const DIRECTORY_NAME = tlv(0xa4, nameOf([attribute(COMMON_NAME, utf8('ca'))]))
const READERS = [readFacts, parseX509]

describe('isPlainCertificate', () => {
  it.each<[string, CertificateParts]>([
    ['no extensions', {}],
    ['an empty subject', { subject: tlv(0x30) }],
    [
      'a name of several attributes',
      { subject: nameOf([attribute(COMMON_NAME, utf8('ä')), attribute(COMMON_NAME, ascii('\x13\x01a'))]) },
    ],
    ['an attribute type that nobody knows', withSubject(utf8('a'), OID.unknown)],
    ['an IA5String', withSubject(tlv(0x16, ascii('a@example.org')))],
    ['empty text', withSubject(utf8(''))],
    [
      'a GeneralizedTime',
      { validity: tlv(0x30, utcTime('200101000000Z'), generalizedTime('20510101000000Z')) },
    ],
    ['a serial number of twenty octets', { serialNumber: tlv(0x02, hex('7f'.repeat(20))) }],
    ['an RSA key', { publicKey: RSA_KEY as Buffer }],
    ['a P-384 key', { publicKey: P384_KEY as Buffer }],
    ['an Ed25519 key', { publicKey: ED25519_KEY as Buffer }],
    ['extKeyUsage', withExtension('extKeyUsage', tlv(0x30, OID.clientAuth))],
    ['basicConstraints of a leaf', withExtension('basicConstraints', hex('3000'))],
    ['basicConstraints of a CA', withExtension('basicConstraints', hex('30060101ff020100'))],
    ['keyUsage', withExtension('keyUsage', hex('030205a0'))],
    ['subjectKeyIdentifier', withExtension('subjectKeyIdentifier', hex('0402aabb'))],
    ['authorityKeyIdentifier', withExtension('authorityKeyIdentifier', tlv(0x30, hex('8002aabb')))],
    [
      'authorityKeyIdentifier with issuer and serial number',
      withExtension(
        'authorityKeyIdentifier',
        tlv(0x30, hex('8001aa'), tlv(0xa1, DIRECTORY_NAME), hex('820101')),
      ),
    ],
    [
      'names of every type in use',
      withAltName(
        tlv(0x82, ascii('a.example')),
        tlv(0x81, ascii('a@example.org')),
        tlv(0x86, ascii('spiffe://example.org/a')),
        tlv(0x87, hex('7f000001')),
        tlv(0x87, hex('00'.repeat(16))),
        DIRECTORY_NAME,
        tlv(0xa0, OID.userPrincipalName, tlv(0xa0, utf8('a@example.org'))),
      ),
    ],
    [
      'crlDistributionPoints',
      withExtension('crlDistributionPoints', tlv(0x30, tlv(0x30, tlv(0xa0, tlv(0xa0, URI))))),
    ],
    ['authorityInfoAccess', withExtension('authorityInfoAccess', tlv(0x30, tlv(0x30, OID.clientAuth, URI)))],
    [
      'certificatePolicies',
      withExtension(
        'certificatePolicies',
        tlv(
          0x30,
          tlv(0x30, OID.unknown),
          tlv(0x30, OID.unknown, tlv(0x30, tlv(0x30, OID.unknown, tlv(0x16, ascii('http://a'))))),
        ),
      ),
    ],
    ['signed certificate timestamps', withExtension('timestamps', hex('0402aabb'))],
    [
      'a Netscape comment',
      withExtension('netscapeComment', tlv(0x16, ascii('OpenSSL Generated Certificate'))),
    ],
    ['a Netscape type', withExtension('netscapeType', hex('03020780'))],
    [
      'a critical extension',
      { extensions: [tlv(0x30, OID.keyUsage, hex('0101ff'), tlv(0x04, hex('030205a0')))] },
    ],
    [
      'several extensions',
      {
        extensions: [extension(OID.keyUsage, hex('030205a0')), extension(OID.basicConstraints, hex('3000'))],
      },
    ],
  ])('vouches for %s, which every reader takes', (_what, parts) => {
    const der = buildCertificate(parts)
    expect(isPlainCertificate(der)).toBe(true)
    for (const read of READERS) expect(() => read(der)).not.toThrow()
  })

  it.each<[string, CertificateParts]>([
    ['version 1', { version: Buffer.alloc(0) }],
    ['version 2', { version: hex('a003020101') }],
    ['a padded serial number', { serialNumber: hex('0202007f') }],
    ['a padded negative serial number', { serialNumber: hex('0202ff80') }],
    ['a serial number without a byte', { serialNumber: hex('0200') }],
    ['unique ids', { uniqueIds: hex('810100') }],
    ['something after the extensions', { extensions: [], rest: hex('0500') }],
    ['a time of another type', { validity: tlv(0x30, utcTime('200101000000Z'), tlv(0x16, ascii('x'))) }],
    ['three times', { validity: tlv(0x30, ...Array.from({ length: 3 }, () => utcTime('200101000000Z'))) }],
    ['a UTF8String that is not UTF-8', withSubject(tlv(0x0c, hex('ff')))],
    ['a PrintableString beyond ASCII', withSubject(tlv(0x13, hex('e4')))],
    ['a BMPString', withSubject(tlv(0x1e, hex('0061')))],
    ['a value that is no string', withSubject(hex('020101'))],
    ['an attribute of three parts', { subject: nameOf([tlv(0x30, COMMON_NAME, utf8('a'), NULL)]) }],
    ['an attribute type with a padded arc', withSubject(utf8('a'), hex('06042a8003 04'))],
    ['an attribute type with a cut arc', withSubject(utf8('a'), hex('06022a83'))],
    ['an attribute type without an arc', withSubject(utf8('a'), hex('0600'))],
    ['an attribute type with an arc of five octets', withSubject(utf8('a'), hex('06062a8181818101'))],
    ['a key on another curve', { publicKey: SECP256K1_KEY as Buffer }],
    [
      'a key of another algorithm',
      { publicKey: tlv(0x30, tlv(0x30, SHA256_WITH_RSA, NULL), hex('030200aa')) },
    ],
    [
      'an RSA key of one number',
      {
        publicKey: tlv(
          0x30,
          tlv(0x30, hex('06092a864886f70d010101'), NULL),
          tlv(0x03, hex('00'), tlv(0x30, hex('020103'))),
        ),
      },
    ],
    [
      'a BIT STRING with unused bits as a key',
      { publicKey: tlv(0x30, hex('300506032b6570'), hex('030204f0')) },
    ],
    ['an unknown extension', withExtension('unknown', hex('3000'))],
    ['name constraints', withExtension('nameConstraints', hex('3000'))],
    [
      'a repeated extension',
      { extensions: [extension(OID.keyUsage, hex('030205a0')), extension(OID.keyUsage, hex('030205a0'))] },
    ],
    ['basicConstraints that are no sequence', withExtension('basicConstraints', hex('0500'))],
    ['a path length of two octets', withExtension('basicConstraints', hex('30070101ff02020100'))],
    ['keyUsage with nine unused bits', withExtension('keyUsage', hex('030209a0'))],
    ['keyUsage without a byte', withExtension('keyUsage', hex('0300'))],
    ['an iPAddress of five bytes', withAltName(tlv(0x87, hex('7f00000101')))],
    ['a dNSName beyond ASCII', withAltName(tlv(0x82, hex('e4')))],
    ['an x400Address', withAltName(tlv(0xa3, NULL))],
    ['an otherName that is no text', withAltName(tlv(0xa0, OID.unknown, tlv(0xa0, hex('0401aa'))))],
    ['something after the names', withExtension('subjectAltName', Buffer.concat([tlv(0x30), NULL]))],
    [
      'a policy qualifier that is no text',
      withExtension(
        'certificatePolicies',
        tlv(0x30, tlv(0x30, OID.unknown, tlv(0x30, tlv(0x30, OID.unknown, hex('3000'))))),
      ),
    ],
    [
      'an extension of four parts',
      { extensions: [tlv(0x30, OID.keyUsage, hex('0101ff'), tlv(0x04, hex('030205a0')), NULL)] },
    ],
  ])('says nothing of %s', (_what, parts) => {
    expect(isPlainCertificate(buildCertificate(parts))).toBe(false)
  })

  it('says nothing of bytes after a certificate, nor of one that is cut off', () => {
    const der = buildCertificate()
    expect(isPlainCertificate(Buffer.concat([der, hex('00')]))).toBe(false)
    expect(isPlainCertificate(der.subarray(0, -1))).toBe(false)
  })

  it('says nothing of certificates over 16 KiB', () => {
    const ofSize = (bytes: number): Buffer => buildCertificate(withSubject(utf8('a'.repeat(bytes))))
    const frame = ofSize(16_000).length - 16_000
    expect([16_384, 16_385].map((bytes) => isPlainCertificate(ofSize(bytes - frame)))).toEqual([true, false])
  })
})
