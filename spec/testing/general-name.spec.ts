import { X509Certificate } from 'node:crypto'
import { createSelfSigned, type GeneralNameRequest } from 'mtls-identity/testing'
import { encodeGeneralName } from '../../lib/testing/general-name.js'

describe('subjectAltName', () => {
  it.each<[GeneralNameRequest, string]>([
    [{ type: 'dNSName', value: '*.example.com' }, 'DNS:*.example.com'],
    [{ type: 'rfc822Name', value: 'a@example.com' }, 'email:a@example.com'],
    [{ type: 'uniformResourceIdentifier', value: 'spiffe://x/y' }, 'URI:spiffe://x/y'],
    [{ type: 'iPAddress', value: '192.0.2.1' }, 'IP Address:192.0.2.1'],
    [{ type: 'iPAddress', value: '::' }, 'IP Address:0:0:0:0:0:0:0:0'],
    [{ type: 'iPAddress', value: '2001:DB8::1' }, 'IP Address:2001:DB8:0:0:0:0:0:1'],
    [{ type: 'iPAddress', value: 'fe80::' }, 'IP Address:FE80:0:0:0:0:0:0:0'],
    [{ type: 'iPAddress', value: '1:2:3:4:5:6:7:8' }, 'IP Address:1:2:3:4:5:6:7:8'],
    [{ type: 'iPAddress', value: '::ffff:192.0.2.1' }, 'IP Address:0:0:0:0:0:FFFF:C000:201'],
    [{ type: 'registeredID', value: '1.2.3.4' }, 'Registered ID:1.2.3.4'],
    [{ type: 'directoryName', value: { commonName: 'alice' } }, 'DirName:CN=alice'],
    [{ type: 'otherName', typeId: '1.2.3', value: 'a@x' }, 'othername:<unsupported>'],
    [{ type: 'uniformResourceIdentifier', value: 'x:, DNS:admin' }, String.raw`URI:"x:\u002c DNS:admin"`],
  ])('has %j', (name, wanted) => {
    const { subjectAltName } = new X509Certificate(
      createSelfSigned({ subject: { commonName: 'x' }, subjectAltName: [name] }).der,
    )
    expect(subjectAltName).toBe(wanted)
  })

  it('has its names in the order written', () => {
    const names: GeneralNameRequest[] = [
      { type: 'dNSName', value: 'b' },
      { type: 'dNSName', value: 'a' },
    ]
    const { der } = createSelfSigned({ subject: {}, subjectAltName: names })
    expect(new X509Certificate(der).subjectAltName).toBe('DNS:b, DNS:a')
  })

  it.each(['', '1.2.3', '1::2::3', 'fe80::1]/', 'localhost'])('refuses the address "%s"', (value) => {
    expect(() => encodeGeneralName({ type: 'iPAddress', value })).toThrow(TypeError)
  })
})

describe('encodeGeneralName', () => {
  it('writes an otherName with a UTF8String', () => {
    const encoded = encodeGeneralName({ type: 'otherName', typeId: '1.2.3', value: 'é' })
    expect(encoded.toString('hex')).toBe('a00a06022a03a0040c02c3a9')
  })
})
