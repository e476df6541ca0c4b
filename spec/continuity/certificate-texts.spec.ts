import { mtlsIdentity, type MtlsContext, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare, rfc9440 } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { CertificateTexts } from '../../lib/continuity/certificate-texts.js'
import { base64Of, DER_FIELD, forwarded, SHA256_FIELD } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })

const start = (options: MtlsIdentityOptions): ((fields: FieldLines) => Promise<MtlsContext>) => {
  const middleware = mtlsIdentity({ trust: 'loopback', ...options })
  return (fields) => middleware.identify(fakeRequest({ fields }))
}

describe('CertificateTexts', () => {
  it('knows a text only as a whole, and only under its key', () => {
    const texts = new CertificateTexts()
    texts.remember('a', 'text of a', 'thumbprint of a')
    expect(texts.recall('a', ['text', ' of a'].join(''))).toBe('thumbprint of a')
    expect([texts.recall('a', 'text of b'), texts.recall('b', 'text of a')]).toEqual([undefined, undefined])
  })

  it('remembers no more texts than it has slots', () => {
    const texts = new CertificateTexts()
    const keys = Array.from({ length: 5_000 }, (_, index) => `${index}`.padStart(64, 'f'))
    for (const key of keys) texts.remember(key, key, key)
    const known = keys.filter((key) => texts.recall(key, key) === key)
    expect(known.length).toBeGreaterThan(0)
    expect(known.length).toBeLessThanOrEqual(1_024)
  })
})

describe('a certificate that comes again as text', () => {
  it('is believed only beside its own hash, however often it came', async () => {
    const identify = start({ edge: cloudflare({ enforced: true }) })
    for (let time = 0; time < 3; time++) {
      for (const { der, thumbprint } of [alice, bob]) {
        const other = thumbprint === alice.thumbprint ? bob : alice
        expect((await identify(forwarded({ der, thumbprint }))).identity?.thumbprint).toBe(thumbprint)
        const forged: FieldLines = [
          [DER_FIELD, base64Of(der)],
          [SHA256_FIELD, other.thumbprint],
        ]
        await expect(identify(forged)).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
        const doubtful: FieldLines = [...forwarded({ der, thumbprint }), ['Cf-Cert-Sha256', other.thumbprint]]
        await expect(identify(doubtful)).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
      }
    }
  })

  it.each<[what: string, options: MtlsIdentityOptions, fieldsOf: (der: Uint8Array) => FieldLines]>([
    ['with a hash', { edge: cloudflare() }, (der) => forwarded(der === alice.der ? alice : bob)],
    ['without one', { edge: rfc9440() }, (der) => [['Client-Cert', `:${base64Of(der)}:`]]],
  ])('is admitted again where the certificate was forgotten, %s', async (_what, options, fieldsOf) => {
    const identify = start({ ...options, cache: { maxCertificates: 1 } })
    for (const { der, thumbprint } of [alice, bob, alice, alice, bob]) {
      expect((await identify(fieldsOf(der))).identity?.thumbprint).toBe(thumbprint)
    }
  })
})
