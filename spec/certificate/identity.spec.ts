import { createHash, X509Certificate } from 'node:crypto'
import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'
import { admitCertificate } from '../../lib/certificate/admit.js'
import { CertificateIdentity } from '../../lib/certificate/identity.js'
import { thumbprintOf } from '../../lib/certificate/thumbprint.js'
import { readEverything } from '../corpus/read-everything.js'
import { buildCertificate } from '../support/build-certificate.js'
import { createIdentity } from '../support/create-identity.js'
import { hex } from '../support/der.js'

const authority = createCertificateAuthority()
const minted = authority.issue({
  subject: { organization: 'Example', commonName: 'alice' },
  subjectAltName: [{ type: 'uniformResourceIdentifier', value: 'spiffe://example.org/alice' }],
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
})
const identity = createIdentity(minted.der)

describe('CertificateIdentity', () => {
  it('gives every fact of the certificate', () => {
    const openssl = new X509Certificate(minted.der)
    const hash = createHash('sha256').update(minted.der).digest()
    const spki = openssl.publicKey.export({ type: 'spki', format: 'der' })
    expect(identity.thumbprint).toBe(hash.toString('hex'))
    expect(identity.x5tS256).toBe(hash.toString('base64url'))
    expect(identity.spkiSha256).toBe(createHash('sha256').update(spki).digest('base64'))
    expect(identity.serialNumber).toBe(openssl.serialNumber)
    expect(identity.subject.commonName).toBe('alice')
    expect(identity.issuer.commonName).toBe('Test CA')
    expect(identity.subjectAltName).toHaveLength(1)
    expect(identity.spiffeId).toBe('spiffe://example.org/alice')
    expect(identity.notBefore).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(identity.notAfter).toEqual(new Date('2027-01-01T00:00:00Z'))
    expect(identity.certificate.subject).toBe('O=Example, CN=alice')
    expect(identity.chain).toEqual([])
  })

  it('holds the certificate that was parsed when it was admitted', () => {
    const der = buildCertificate({ version: hex('a003020101') })
    const admitted = admitCertificate(der, thumbprintOf(der))
    const parsed: CertificateIdentity[] = []
    const unusual = new CertificateIdentity(admitted, (one) => parsed.push(one))
    expect(parsed).toEqual([unusual])
    expect(unusual.certificate.publicKey).toBe(admitted.certificate?.publicKey)
  })

  it('knows its bytes from any others', () => {
    const changed = Uint8Array.from(minted.der)
    changed[changed.length - 1] = 255 - Number(changed[changed.length - 1])
    const others = [changed, minted.der.subarray(0, -1), Buffer.concat([minted.der, hex('00')]), hex('')]
    expect(identity.hasBytes(Uint8Array.from(minted.der))).toBe(true)
    expect(others.map((der) => identity.hasBytes(der))).toEqual([false, false, false, false])
  })

  it('is frozen, with everything that hangs on it', () => {
    for (const part of [
      identity,
      identity.chain,
      identity.subject,
      identity.issuer,
      identity.subjectAltName,
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('gives a copy of the bytes on every read, in an ArrayBuffer of its own', () => {
    const copy = identity.der
    expect(copy).toEqual(minted.der)
    expect(copy.constructor).toBe(Uint8Array)
    expect(copy.buffer.byteLength).toBe(minted.der.length)
    copy.fill(0)
    expect(identity.der).toEqual(minted.der)
    identity.forgetParsed()
    expect(identity.subject.commonName).toBe('alice')
  })

  it('gives dates that nobody else holds', () => {
    identity.notBefore.setTime(0)
    identity.notAfter.setTime(0)
    expect(identity.notBefore).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(identity.notAfter).toEqual(new Date('2027-01-01T00:00:00Z'))
    expect(identity.validityAt(Date.UTC(2026, 5))).toBe('valid')
  })

  it.each([
    ['before the first millisecond', -1, 'not-yet-valid'],
    ['in the first millisecond', 0, 'valid'],
    ['at the last moment', 31_536_000_000, 'valid'],
    ['after it', 31_536_000_001, 'expired'],
  ])('says %s whether it is valid', (_what, afterMs, validity) => {
    expect(identity.validityAt(Date.UTC(2026, 0) + afterMs)).toBe(validity)
  })

  it('gives the intermediate certificates, which never change who it is (CVE-2023-2422)', () => {
    const withChain = createIdentity(minted.der, [authority.der])
    expect(withChain.chain.map(({ subject }) => subject)).toEqual(['CN=Test CA'])
    expect(withChain.chain).toBe(withChain.chain)
    expect(withChain.subject.toString()).toBe(identity.subject.toString())
    expect(withChain.thumbprint).toBe(identity.thumbprint)
  })

  it('reads everything again after forgetting, with the same answers', () => {
    const own = createIdentity(minted.der)
    const { certificate } = own
    const before = { answers: readEverything(own), publicKey: certificate.publicKey, subject: own.subject }
    expect(certificate.publicKey).toBe(before.publicKey)
    own.forgetParsed()
    expect(certificate.publicKey).not.toBe(before.publicKey)
    expect(own.certificate).toBe(certificate)
    expect(own.subject).not.toBe(before.subject)
    expect(readEverything(own)).toBe(before.answers)
  })

  it('says when it begins to hold what it has parsed', () => {
    const onParsed = jest.fn()
    const own = new CertificateIdentity(admitCertificate(minted.der, minted.thumbprint), onParsed)
    expect([own.certificate, own.thumbprint]).toHaveLength(2)
    expect(onParsed).not.toHaveBeenCalled()
    expect([own.certificate.subject, own.subject, own.issuer]).toHaveLength(3)
    expect(onParsed).toHaveBeenCalledTimes(1)
    own.forgetParsed()
    expect([own.thumbprint, own.x5tS256, own.notAfter, own.der]).toHaveLength(4)
    expect(onParsed).toHaveBeenCalledTimes(1)
    expect(own.subject.commonName).toBe('alice')
    expect(onParsed).toHaveBeenCalledTimes(2)
    expect(onParsed).toHaveBeenLastCalledWith(own)
  })

  it('is plain facts in JSON', () => {
    expect(JSON.parse(JSON.stringify(identity))).toEqual({
      thumbprint: minted.thumbprint,
      serialNumber: identity.serialNumber,
      subject: 'CN=alice,O=Example',
      issuer: 'CN=Test CA',
      subjectAltName: [{ type: 'uniformResourceIdentifier', value: 'spiffe://example.org/alice' }],
      spiffeId: 'spiffe://example.org/alice',
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
    })
  })

  it('is another one for another key under the same names and serial number (CVE-2024-2048, CVE-2025-6037)', () => {
    const request = { subject: { commonName: 'alice' }, serialNumber: '01' }
    const [one, other] = [
      createIdentity(createSelfSigned(request).der),
      createIdentity(createSelfSigned(request).der),
    ]
    expect(one.serialNumber).toBe(other.serialNumber)
    expect(one.subject.toString()).toBe(other.subject.toString())
    expect(one.thumbprint).not.toBe(other.thumbprint)
    expect(one.spkiSha256).not.toBe(other.spkiSha256)
  })
})
