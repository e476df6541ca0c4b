import { createHash, X509Certificate } from 'node:crypto'
import { createSelfSigned } from 'mtls-identity/testing'
import { sha256, thumbprintOf, x5tS256Of } from '../../lib/certificate/thumbprint.js'

describe('thumbprintOf', () => {
  it('is the SHA-256 in lower-case hex, as FIPS 180-4 gives it for "abc"', () => {
    expect(thumbprintOf(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('is the fingerprint that OpenSSL gives a certificate', () => {
    const { der } = createSelfSigned({ subject: { commonName: 'alice' } })
    const { fingerprint256 } = new X509Certificate(der)
    expect(thumbprintOf(der)).toBe(fingerprint256.replaceAll(':', '').toLowerCase())
  })
})

describe('sha256', () => {
  it('gives base64 too', () => {
    expect(sha256(Buffer.from('abc'), 'base64')).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=')
  })
})

describe('sha256 before Node 20.12', () => {
  it('is the same, without crypto.hash', async () => {
    jest.resetModules()
    jest.doMock('node:crypto', () => ({ createHash }))
    const older = await import('../../lib/certificate/thumbprint.js')
    jest.dontMock('node:crypto')
    expect(older.sha256(Buffer.from('abc'), 'base64')).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=')
    expect(older.sha256).not.toBe(sha256)
  })
})

describe('x5tS256Of', () => {
  it('is base64url without padding', () => {
    expect(x5tS256Of(thumbprintOf(Buffer.from('abc')))).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })
})
