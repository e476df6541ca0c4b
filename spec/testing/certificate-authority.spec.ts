import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import {
  type CertificateAuthority,
  createCertificateAuthority,
  createSelfSigned,
} from 'mtls-identity/testing'

const DAY_MS = 86_400_000

const root = createCertificateAuthority()
const intermediate = root.issueAuthority()
const lower = intermediate.issueAuthority({ subject: { commonName: 'Lower CA' } })
const subject = { commonName: 'alice' }

const mints = [
  ['a root', root],
  ['an intermediate authority', intermediate],
  ['a leaf', lower.issue({ subject })],
  ['a self-signed certificate', createSelfSigned({ subject })],
] as const

describe.each(mints)('%s', (_what, minted) => {
  const x509 = new X509Certificate(minted.certificate)

  it('is the same in DER and in PEM', () => {
    expect(x509.raw.equals(minted.der)).toBe(true)
    expect(x509.toString()).toBe(minted.certificate)
  })

  it('lies in memory of its own', () => {
    expect(minted.der.buffer.byteLength).toBe(minted.der.byteLength)
  })

  it('has the thumbprint of its DER', () => {
    expect(minted.thumbprint).toBe(createHash('sha256').update(x509.raw).digest('hex'))
  })

  it('has its private key', () => {
    expect(minted.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(x509.checkPrivateKey(createPrivateKey(minted.privateKey))).toBe(true)
  })

  it('has a positive random serial number of 16 octets', () => {
    expect(x509.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/)
  })

  it('begins an hour ago and lasts 30 days from now', () => {
    const [notBefore, notAfter] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)]
    expect(notAfter - notBefore).toBe(30 * DAY_MS + 3_600_000)
    expect(Date.now() - notBefore).toBeGreaterThanOrEqual(3_600_000)
  })
})

describe('createCertificateAuthority', () => {
  it.each<[string, CertificateAuthority, CertificateAuthority]>([
    ['itself', root, root],
    ['an intermediate authority', root, intermediate],
    ['an authority below that', intermediate, lower],
  ])('signs %s', (_what, issuer, issued) => {
    const [above, below] = [new X509Certificate(issuer.der), new X509Certificate(issued.der)]
    expect(below.ca).toBe(true)
    expect(below.checkIssued(above)).toBe(true)
    expect(below.verify(above.publicKey)).toBe(true)
  })

  it('signs leaves that are no authorities', () => {
    const [above, below] = [new X509Certificate(lower.der), new X509Certificate(lower.issue({ subject }).der)]
    expect(below.ca).toBe(false)
    expect(below.checkIssued(above)).toBe(true)
    expect(below.verify(above.publicKey)).toBe(true)
    expect(below.verify(new X509Certificate(root.der).publicKey)).toBe(false)
  })

  it('puts the intermediate certificates into the chain, and not the root', () => {
    const leaf = lower.issue({ subject })
    expect(leaf.chain).toBe(leaf.certificate + lower.certificate + intermediate.certificate)
    expect(lower.chain).toBe(lower.certificate + intermediate.certificate)
    expect(root.issue({ subject }).chain).toMatch(/^-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n$/)
    expect(root.chain).toBe(root.certificate)
  })

  it('takes its subject, its key and its validity from the options', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const notAfter = new Date('2060-01-02T03:04:05Z')
    const own = createCertificateAuthority({ subject: { organization: 'Own' }, key: privateKey, notAfter })
    const x509 = new X509Certificate(own.der)
    expect([x509.subject, x509.issuer]).toEqual(['O=Own', 'O=Own'])
    expect(x509.checkPrivateKey(privateKey)).toBe(true)
    expect(new Date(x509.validTo)).toEqual(notAfter)
  })
})
