import 'reflect-metadata'
import { inspect } from 'node:util'
import { BasicConstraintsExtension, X509Certificate, X509ChainBuilder } from '@peculiar/x509'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { lazyX509 } from '../../lib/certificate/lazy-x509.js'
import { parseX509 } from '../../lib/certificate/x509.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const parsed = parseX509(alice.der)

/** A lazy certificate, and how often it was asked for the parsed one. */
const createLazy = (): { readonly lazy: X509Certificate; readonly asked: jest.Mock } => {
  const asked = jest.fn(() => parsed)
  return {
    lazy: lazyX509({
      get parsed() {
        return asked()
      },
    }),
    asked,
  }
}

describe('lazyX509', () => {
  it('is a certificate before it is parsed', () => {
    const { lazy, asked } = createLazy()
    expect(lazy).toBeInstanceOf(X509Certificate)
    expect(Object.getPrototypeOf(lazy)).toBe(X509Certificate.prototype)
    expect(asked).not.toHaveBeenCalled()
    expect(lazy.subject).toBe('CN=alice')
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('equals the parsed one', () => {
    const { lazy } = createLazy()
    expect(lazy).toStrictEqual(parsed)
    expect(lazy.equal(parsed)).toBe(true)
    expect(parsed.equal(lazy)).toBe(true)
    expect(lazy.constructor).toBe(X509Certificate)
    expect(Object.keys(lazy)).toEqual(Object.keys(parsed))
    expect(['asn' in lazy, 'publicKey' in lazy, 'other' in lazy]).toEqual([true, true, false])
    expect(JSON.stringify(lazy)).toBe(JSON.stringify(parsed))
  })

  it('prints like the parsed one, as deep as it is told', () => {
    const { lazy } = createLazy()
    expect(inspect(lazy)).toBe(inspect(parsed))
    expect(inspect({ lazy }, { depth: 0 })).toBe(inspect({ lazy: parsed }, { depth: 0 }))
  })

  it('has methods that work', async () => {
    const { lazy } = createLazy()
    expect(lazy.toString('pem')).toBe(parsed.toString('pem'))
    expect(lazy.toString('asn')).toBe(parsed.toString('asn'))
    expect(lazy.getExtension(BasicConstraintsExtension)?.ca).toBe(false)
    expect(Buffer.from(await lazy.getThumbprint('SHA-256')).toString('hex')).toBe(alice.thumbprint)
    const issuer = parseX509(authority.der)
    expect(await lazy.verify({ publicKey: issuer, signatureOnly: true })).toBe(true)
    const chain = await new X509ChainBuilder({ certificates: [issuer] }).build(lazy)
    expect(chain.map(({ subject }) => subject)).toEqual(['CN=alice', 'CN=Test CA'])
  })

  it('verifies what it has issued', async () => {
    const issuer = lazyX509({ parsed: parseX509(authority.der) })
    expect(await parsed.verify({ publicKey: issuer, signatureOnly: true })).toBe(true)
    expect(await parsed.verify({ publicKey: createLazy().lazy, signatureOnly: true })).toBe(false)
  })

  it.each<[string, (certificate: X509Certificate) => unknown]>([
    ['set', (certificate) => Object.assign(certificate, { tag: 'OTHER' })],
    ['defined', (certificate) => Object.defineProperty(certificate, 'subject', { value: 'CN=admin' })],
    ['deleted', (certificate) => Reflect.deleteProperty(certificate, 'tag') || fail()],
    ['given another prototype', (certificate) => Object.setPrototypeOf(certificate, null) as unknown],
    ['closed', (certificate) => Object.preventExtensions(certificate)],
  ])('cannot be %s by one request for all others', (_how, change) => {
    const { lazy } = createLazy()
    expect(() => change(lazy)).toThrow(TypeError)
    expect([lazy.subject, Object.keys(lazy)]).toEqual(['CN=alice', ['asn', 'tag']])
    expect(createLazy().lazy).toBeInstanceOf(X509Certificate)
  })
})

const fail = (): never => {
  throw new TypeError()
}
