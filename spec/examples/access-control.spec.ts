import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSelfSigned, type MintedCertificate } from 'mtls-identity/testing'
import { authority, connect, useExample } from './support/example-stage.js'

const pinOf = ({ der }: MintedCertificate): string => {
  const spki = new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}

const issue = (commonName: string): MintedCertificate => authority.issue({ subject: { commonName } })

const ops = issue('ops')
const billing = authority.issue({
  subject: { commonName: 'billing' },
  subjectAltName: [{ type: 'uniformResourceIdentifier', value: 'spiffe://example.org/billing' }],
})
const [oldKey, newKey] = [issue('old key'), issue('new key')]
const [oldCertificate, newCertificate] = [issue('old certificate'), issue('new certificate')]
const enrolled = issue('enrolled')
const stranger = issue('stranger')
const impostor = createSelfSigned({ subject: { commonName: 'ops' } })

const folder = mkdtempSync(join(tmpdir(), 'mtls-identity-'))
const enrolledFile = join(folder, 'enrolled.json')

describe('examples/access-control', () => {
  const stage = useExample('access-control', {
    clientFields: 'pass',
    environment: {
      PINNED_KEYS: [oldKey, newKey].map(pinOf).join(),
      PINNED_CERTIFICATES: [oldCertificate, newCertificate].map(({ thumbprint }) => thumbprint).join(),
      ENROLLED_FILE: enrolledFile,
    },
  })

  beforeEach(() => {
    writeFileSync(enrolledFile, JSON.stringify([enrolled.thumbprint]))
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['/by-name', ops, 'CN=ops'],
    ['/by-spiffe-id', billing, 'CN=billing'],
    ['/by-key', oldKey, 'CN=old key'],
    ['/by-key', newKey, 'CN=new key'],
    ['/by-certificate', oldCertificate, 'CN=old certificate'],
    ['/by-certificate', newCertificate, 'CN=new certificate'],
    ['/by-enrolment', enrolled, 'CN=enrolled'],
  ])('%s lets the right client in', async (path, client, welcome) => {
    const answer = await connect(stage.edge, client)(path)
    expect(answer).toEqual({ status: 200, body: { welcome } })
  })

  describe.each(['/by-name', '/by-spiffe-id', '/by-key', '/by-certificate', '/by-enrolment'])(
    '%s',
    (path) => {
      it.each([
        ['a stranger', stranger, 'ERR_MTLS_POLICY_DENIED'],
        ['a certificate that anybody can make', impostor, 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
        ['a client without a certificate', undefined, 'ERR_MTLS_IDENTITY_REQUIRED'],
      ])('refuses %s with a code and nothing else', async (_, client, code) => {
        const answer = await connect(stage.edge, client)(path)
        expect(answer).toEqual({ status: 403, body: { code } })
      })
    },
  )

  it('answers a malformed field with a code and nothing else', async () => {
    const answer = await connect(stage.edge)('/by-name', { 'Cf-Client-Cert-Sha256': 'x' })
    expect(answer).toEqual({ status: 400, body: { code: 'ERR_MTLS_FIELD_INVALID' } })
  })

  it('answers a policy that cannot decide with a code and nothing else', async () => {
    writeFileSync(enrolledFile, 'not JSON')
    const answer = await connect(stage.edge, enrolled)('/by-enrolment')
    expect(answer).toEqual({ status: 500, body: { code: 'ERR_INTERNAL' } })
  })
})
