import { X509Certificate } from 'node:crypto'
import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'

const authority = createCertificateAuthority()
const subject = { commonName: 'alice' }
const hex = (der: Uint8Array): string => Buffer.from(der).toString('hex')

const BASIC_CONSTRAINTS = '0603551d13'
const CRITICAL_NAMES = '0603551d110101ff'
const NAMES = '0603551d1104'

describe('extensions', () => {
  it.each([
    ['client authentication unless told otherwise', {}, ['1.3.6.1.5.5.7.3.2']],
    ['server authentication', { extendedKeyUsage: ['serverAuth'] }, ['1.3.6.1.5.5.7.3.1']],
    ['both', { extendedKeyUsage: ['clientAuth', 'serverAuth'] }, ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']],
    ['no purpose at all', { extendedKeyUsage: [] }, undefined],
  ] as const)('name %s', (_what, request, purposes) => {
    // Node's `keyUsage` is the extended one.
    expect(new X509Certificate(authority.issue({ subject, ...request }).der).keyUsage).toEqual(purposes)
  })

  it.each([1, 300, 12_288])('are padded by %i octets', (paddingBytes) => {
    const { der } = authority.issue({ subject, paddingBytes })
    expect(hex(der)).toContain('00'.repeat(paddingBytes))
    expect(der.length).toBeGreaterThan(paddingBytes + authority.issue({ subject }).der.length)
    expect(new X509Certificate(der).raw.equals(der)).toBe(true)
  })

  it('make the alternative names critical only where there is no other name', () => {
    const subjectAltName = [{ type: 'dNSName', value: 'x' }] as const
    expect(hex(createSelfSigned({ subject: {}, subjectAltName }).der)).toContain(CRITICAL_NAMES)
    expect(hex(createSelfSigned({ subject, subjectAltName }).der)).toContain(NAMES)
  })

  it('are added raw', () => {
    const extensions = [
      { oid: '1.2.3', value: Buffer.from('0500', 'hex') },
      { oid: '1.2.4', critical: true, value: Buffer.from('0500', 'hex') },
    ]
    const { der } = createSelfSigned({ subject, extensions })
    expect(hex(der)).toContain('300806022a0304020500300b06022a040101ff04020500')
  })

  it('are replaced by raw ones with the same identifier, also twice', () => {
    const value = Buffer.from('30030101ff', 'hex')
    const extensions = [
      { oid: '2.5.29.19', value },
      { oid: '2.5.29.19', value },
    ]
    const once = authority.issue({ subject, extensions: extensions.slice(1) })
    expect(hex(once.der)).toContain(`${BASIC_CONSTRAINTS}040530030101ff`)
    expect(hex(once.der).split(BASIC_CONSTRAINTS)).toHaveLength(2)
    const twice = authority.issue({ subject, extensions })
    expect(hex(twice.der).split(BASIC_CONSTRAINTS)).toHaveLength(3)
  })
})
