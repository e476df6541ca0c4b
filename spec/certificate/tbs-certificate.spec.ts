import { readTbsCertificate } from '../../lib/certificate/tbs-certificate.js'
import {
  buildCertificate,
  extension,
  generalizedTime,
  subjectAltName,
  utcTime,
} from '../support/build-certificate.js'
import { codeOf } from '../support/code-of.js'
import { ascii, hex, tlv } from '../support/der.js'

const [FROM, TO] = [utcTime('200101000000Z'), utcTime('300101000000Z')]
const SAN = subjectAltName(tlv(0x82, ascii('a.example')))
const PRIVATE = hex('06012a')

describe('readTbsCertificate', () => {
  it('reads the parts', () => {
    const tbs = readTbsCertificate(
      buildCertificate({ validity: tlv(0x30, FROM, generalizedTime('20500101000000Z')) }),
    )
    expect(tbs.serialNumber.content).toEqual(Uint8Array.of(0x7f))
    expect([tbs.issuer.tag, tbs.subject.tag, tbs.subjectPublicKeyInfo.tag]).toEqual([0x30, 0x30, 0x30])
    expect(new Date(tbs.notBefore).toISOString()).toBe('2020-01-01T00:00:00.000Z')
    expect(new Date(tbs.notAfter).toISOString()).toBe('2050-01-01T00:00:00.000Z')
    expect(tbs.extensions.size).toBe(0)
  })

  it('reads extensions by OID, critical or not', () => {
    const critical = tlv(0x30, PRIVATE, hex('0101ff'), tlv(0x04, hex('0500')))
    const { extensions } = readTbsCertificate(buildCertificate({ extensions: [SAN, critical] }))
    expect([...extensions.keys()]).toEqual(['2.5.29.17', '1.2'])
    expect(Buffer.from(extensions.get('1.2') ?? []).toString('hex')).toBe('0500')
  })

  it('takes a certificate of version 1, and unique identifiers', () => {
    const uniqueIds = Buffer.concat([tlv(0x81, hex('00')), tlv(0x82, hex('00'))])
    for (const parts of [{ version: new Uint8Array() }, { uniqueIds }]) {
      expect(codeOf(() => readTbsCertificate(buildCertificate(parts)))).toBeUndefined()
    }
  })

  it.each([
    ['no bytes', new Uint8Array()],
    ['no certificate', tlv(0x30)],
    ['no signature', tlv(0x30, buildCertificate().subarray(3, -12))],
    ['something after the signature', tlv(0x30, buildCertificate().subarray(3), hex('0500'))],
    ['something after the extensions', buildCertificate({ extensions: [], rest: hex('0500') })],
    ['a serial number of another type', buildCertificate({ serialNumber: hex('0a0101') })],
    ['an issuer of another type', buildCertificate({ issuer: hex('3100') })],
    ['no time', buildCertificate({ validity: tlv(0x30) })],
    ['one time', buildCertificate({ validity: tlv(0x30, FROM) })],
    ['three times', buildCertificate({ validity: tlv(0x30, FROM, TO, TO) })],
    [
      'a time that the calendar does not have',
      buildCertificate({ validity: tlv(0x30, FROM, utcTime('300230000000Z')) }),
    ],
    ['the same extension twice', buildCertificate({ extensions: [SAN, SAN] })],
    [
      'two subjectAltNames',
      buildCertificate({ extensions: [SAN, subjectAltName(tlv(0x82, ascii('b.example')))] }),
    ],
    ['an extension without a value', buildCertificate({ extensions: [tlv(0x30, PRIVATE)] })],
    [
      'an extension with two values',
      buildCertificate({ extensions: [tlv(0x30, PRIVATE, hex('0400 0400'))] }),
    ],
    ['an extension that is no SEQUENCE', buildCertificate({ extensions: [hex('3100')] })],
    [
      'an extension whose OID is padded',
      buildCertificate({ extensions: [extension(hex('06028001'), hex('0500'))] }),
    ],
    ['extensions twice', buildCertificate({ extensions: [], rest: tlv(0xa3, hex('3000')) })],
    ['a second list of extensions', buildCertificate({ rest: tlv(0xa3, hex('3000 3000')) })],
  ])('refuses %s', (_what, der) => {
    expect(codeOf(() => readTbsCertificate(der))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
