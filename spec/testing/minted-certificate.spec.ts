import { X509Certificate } from 'node:crypto'
import { createCertificateAuthority } from 'mtls-identity/testing'

const authority = createCertificateAuthority()
const subject = { commonName: 'alice' }

describe('issue', () => {
  it.each([
    ['1', '01'],
    ['00ff', 'FF'],
    ['f'.repeat(40), 'F'.repeat(40)],
  ])('takes the serial number %s', (serialNumber, wanted) => {
    expect(new X509Certificate(authority.issue({ subject, serialNumber }).der).serialNumber).toBe(wanted)
  })

  it.each([
    ['1970-01-01T00:00:00Z', '2049-12-31T23:59:59Z', '17', '17'],
    ['2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z', '17', '18'],
    ['2050-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '18', '18'],
  ])('takes the validity from %s to %s', (from, to, fromTag, toTag) => {
    const [notBefore, notAfter] = [new Date(from), new Date(to)]
    const { der } = authority.issue({ subject, notBefore, notAfter })
    const x509 = new X509Certificate(der)
    expect([new Date(x509.validFrom), new Date(x509.validTo)]).toEqual([notBefore, notAfter])
    const times = { '17': '170d', '18': '180f' }
    for (const tag of [fromTag, toTag]) {
      expect(Buffer.from(der).toString('hex')).toContain(times[tag as keyof typeof times])
    }
  })

  it('makes a new key and a new serial number each time', () => {
    const [first, second] = [authority.issue({ subject }), authority.issue({ subject })]
    expect(first.privateKey).not.toBe(second.privateKey)
    expect(new X509Certificate(first.der).serialNumber).not.toBe(new X509Certificate(second.der).serialNumber)
  })
})
