import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'

const subject = { commonName: 'alice' }

describe('key', () => {
  it.each([
    ['P-256', 'ec', { namedCurve: 'prime256v1' }],
    ['P-384', 'ec', { namedCurve: 'secp384r1' }],
    ['RSA-2048', 'rsa', { modulusLength: 2048 }],
    ['RSA-4096', 'rsa', { modulusLength: 4096 }],
    ['Ed25519', 'ed25519', {}],
  ] as const)(
    '%s is made, and signs what it issues',
    (key, type, details) => {
      const authority = createCertificateAuthority({ key })
      const { publicKey } = new X509Certificate(authority.der)
      expect(publicKey.asymmetricKeyType).toBe(type)
      expect(publicKey.asymmetricKeyDetails).toMatchObject(details)
      expect(new X509Certificate(authority.issue({ subject }).der).verify(publicKey)).toBe(true)
    },
    60_000,
  )

  it('is kept by a renewal, given as PEM or as KeyObject', () => {
    const first = createSelfSigned({ subject })
    const { publicKey } = new X509Certificate(first.der)
    for (const key of [first.privateKey, createPrivateKey(first.privateKey)]) {
      const renewed = createSelfSigned({ subject, key })
      expect(renewed.thumbprint).not.toBe(first.thumbprint)
      expect(new X509Certificate(renewed.der).publicKey.equals(publicKey)).toBe(true)
    }
  })

  it.each([
    [
      'another curve',
      generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
      /this one is ec secp521r1/,
    ],
    ['a key that cannot sign', generateKeyPairSync('x25519').privateKey, /this one is x25519/],
    ['an unknown name', 'P-999', /./],
  ])('is refused: %s', (_what, key, message) => {
    expect(() => createSelfSigned({ subject, key })).toThrow(message)
  })
})
