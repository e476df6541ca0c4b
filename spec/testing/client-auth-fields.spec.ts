import { X509Certificate } from 'node:crypto'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import { alice, authority, bob, mallory } from './support/certificates.js'
import { PROTOCOLS } from './support/clients.js'
import { type Seen, valuesOf } from './support/echo.js'
import { see, useStage } from './support/stage.js'

const stage = useStage()

const FIELDS = [
  'presented',
  'verified',
  'revoked',
  'sha256',
  'sha1',
  'serial',
  'subject-dn',
  'subject-dn-rfc2253',
  'issuer-dn',
  'issuer-dn-rfc2253',
  'not-before',
  'not-after',
]

const valueOf = (seen: Seen, name: string): string => valuesOf(seen, `cf-cert-${name}`).join('|')

describe('clientAuthHeaders', () => {
  it.each(PROTOCOLS)('describe the certificate on every request over %s', async (_protocol, connect) => {
    const { client } = await stage({ clientAuthHeaders: true })
    const caller = client(alice, connect)
    const { fingerprint, fingerprint256, serialNumber, validFrom, validTo } = new X509Certificate(alice.der)
    const wanted = {
      presented: 'true',
      verified: 'true',
      revoked: 'false',
      sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
      sha1: fingerprint.replaceAll(':', '').toLowerCase(),
      serial: serialNumber,
      'subject-dn': 'CN=alice',
      'subject-dn-rfc2253': 'CN=alice',
      'issuer-dn': 'CN=Test CA',
      'issuer-dn-rfc2253': 'CN=Test CA',
      'not-before': validFrom,
      'not-after': validTo,
    }
    for (const seen of [await see(caller), await see(caller)]) {
      expect(Object.fromEntries(FIELDS.map((name) => [name, valueOf(seen, name)]))).toEqual(wanted)
    }
  })

  it('say of an anonymous client only that there is no certificate', async () => {
    const { client } = await stage({ clientAuthHeaders: true, revoked: () => true })
    const seen = await see(client())
    const present = FIELDS.filter((name) => valuesOf(seen, `cf-cert-${name}`).length > 0)
    expect(present).toEqual(['presented', 'verified', 'revoked'])
    expect(present.map((name) => valueOf(seen, name))).toEqual(['false', 'false', 'false'])
  })

  it.each<[string, MintedCertificate, string, string]>([
    ['one of the authority', alice, 'true', 'false'],
    ['a revoked one, still verified as at Cloudflare', bob, 'true', 'true'],
    ['a self-signed one', mallory, 'false', 'false'],
    ['one of another authority', createCertificateAuthority().issue({ subject: {} }), 'false', 'false'],
    ['one by way of an intermediate', authority.issueAuthority().issue({ subject: {} }), 'true', 'false'],
    [
      'an expired one',
      authority.issue({ subject: {}, notAfter: new Date(Date.now() - 1000) }),
      'false',
      'false',
    ],
    ['a server one', authority.issue({ subject: {}, extendedKeyUsage: ['serverAuth'] }), 'false', 'false'],
  ])('say whether the certificate is verified and revoked: %s', async (_what, minted, verified, revoked) => {
    const { client } = await stage({
      clientAuthHeaders: true,
      revoked: (thumbprint) => thumbprint === bob.thumbprint,
    })
    const seen = await see(client(minted))
    expect(valueOf(seen, 'presented')).toBe('true')
    expect(valueOf(seen, 'verified')).toBe(verified)
    expect(valueOf(seen, 'revoked')).toBe(revoked)
  })

  it.each([
    ['the last RDN first', { country: 'DE', commonName: 'x' }, 'CN=x,C=DE'],
    ['nothing for an empty name', {}, ''],
    ['separators escaped', { commonName: 'a,b + "c"' }, String.raw`CN=a\,b \+ \"c\"`],
    ['line breaks escaped', { commonName: 'a\r\nCN=b' }, String.raw`CN=a\0D\0ACN=b`],
    ['octets that are not ASCII escaped', { commonName: 'é😀' }, String.raw`CN=\C3\A9\F0\9F\98\80`],
    [
      'several values of one RDN joined',
      [
        [
          { type: 'commonName', value: 'b' },
          { type: 'organization', value: 'a' },
        ],
      ],
      'CN=b+O=a',
    ],
  ])('write names as RFC 2253 does: %s', async (_what, subject, wanted) => {
    const { client } = await stage({ clientAuthHeaders: true })
    const seen = await see(client(authority.issue({ subject })))
    expect(valueOf(seen, 'subject-dn-rfc2253')).toBe(wanted)
  })
})
