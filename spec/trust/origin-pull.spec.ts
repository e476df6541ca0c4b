import { constants } from 'node:crypto'
import { mtlsIdentity } from 'mtls-identity'
import { cloudflare, type Edge } from 'mtls-identity/edges'
import { createCertificateAuthority, createSelfSigned, type MintedCertificate } from 'mtls-identity/testing'
import { originPull, type OriginPullOptions } from 'mtls-identity/trust'
import { forwarded } from '../support/cloudflare-fields.js'
import { startTlsOrigin, type Protocol, type TlsOrigin, type Visit } from './support/tls-origin.js'

const DAY_MS = 86_400_000
const authority = createCertificateAuthority({ subject: { commonName: 'Origin Pull CA' } })
const subject = { commonName: 'edge.example' }
const edgeCertificate = authority.issue({ subject })
const otherTenant = authority.issue({ subject })
const selfSigned = createSelfSigned({ subject })
const expired = authority.issue({
  subject,
  notBefore: new Date(Date.now() - 2 * DAY_MS),
  notAfter: new Date(Date.now() - DAY_MS),
})
const early = authority.issue({ subject, notBefore: new Date(Date.now() + DAY_MS) })
const forServers = authority.issue({ subject, extendedKeyUsage: ['serverAuth'] })
const THUMBPRINT = edgeCertificate.thumbprint

const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const FIELDS = forwarded(alice)
const NAMES = FIELDS.map(([name]) => name.toLowerCase())
const BELIEVED = { thumbprint: alice.thumbprint, evidence: 'certificate', problems: [], fields: NAMES }
const REFUSED = { evidence: 'none', problems: ['ERR_MTLS_UNTRUSTED_PEER'], fields: [] }

const reads = jest.fn()
const edge: Edge = {
  ...cloudflare({ enforced: true }),
  read(req) {
    reads()
    return cloudflare({ enforced: true }).read(req)
  },
}

const pull = (pins: OriginPullOptions): ReturnType<typeof mtlsIdentity> =>
  mtlsIdentity({ edge, trust: originPull(pins) })

const outcomeOf = ({ thumbprint, evidence, problems, fields }: Visit): Partial<Visit> => ({
  ...(thumbprint !== undefined && { thumbprint }),
  evidence,
  problems,
  fields,
})

describe.each<Protocol>(['http/1.1', 'h2'])('originPull on a TLS server that speaks %s', (protocol) => {
  let origin: TlsOrigin
  const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue()

  const start = async (pins: OriginPullOptions, secureOptions = 0): Promise<void> => {
    const tls = { ca: authority.certificate, secureOptions }
    origin = await startTlsOrigin({ protocol, middlewares: [pull(pins)], tls })
  }

  beforeEach(() => {
    reads.mockClear()
    emitWarning.mockClear()
  })
  afterEach(() => origin.close())

  it('believes the right certificate', async () => {
    await start({ thumbprints: THUMBPRINT })
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const visit = await origin.visit(FIELDS, { certificate: edgeCertificate, version })
      expect(outcomeOf(visit)).toEqual(BELIEVED)
    }
    expect(reads).toHaveBeenCalledTimes(2)
    expect(emitWarning).not.toHaveBeenCalled()
  })

  it.each<[what: string, certificate: MintedCertificate | undefined, pinned: MintedCertificate]>([
    ["another tenant's from the same authority", otherTenant, edgeCertificate],
    ['a self-signed one of the same name', selfSigned, edgeCertificate],
    ['a pinned one that the TLS server has not verified', selfSigned, selfSigned],
    ['a pinned one that has expired', expired, expired],
    ['a pinned one that is not valid yet', early, early],
    ['a pinned one that is for servers', forServers, forServers],
    ['none', undefined, edgeCertificate],
  ])('does not believe %s', async (_what, certificate, { thumbprint }) => {
    await start({ thumbprints: [THUMBPRINT, thumbprint] })
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      expect(outcomeOf(await origin.visit(FIELDS, { certificate, version }))).toEqual(REFUSED)
    }
    expect(reads).not.toHaveBeenCalled()
  })

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('for a session of %s', (version) => {
    it('does not believe it when it is resumed, and warns once how to switch that off', async () => {
      await start({ thumbprints: THUMBPRINT })
      const first = await origin.visit(FIELDS, { certificate: edgeCertificate, version })
      expect([first.isResumed, outcomeOf(first)]).toEqual([false, BELIEVED])
      reads.mockClear()
      for (const certificate of [edgeCertificate, undefined]) {
        const second = await origin.visit(FIELDS, { certificate, version, session: first.session })
        expect([second.isResumed, outcomeOf(second)]).toEqual([true, REFUSED])
      }
      expect(reads).not.toHaveBeenCalled()
      expect(emitWarning.mock.calls).toEqual([
        [
          expect.stringContaining('SSL_OP_NO_TICKET'),
          expect.objectContaining({ type: 'MtlsIdentityWarning' }),
        ],
      ])
    })

    it('does not believe one without a certificate, which OpenSSL calls verified', async () => {
      await start({ thumbprints: THUMBPRINT })
      const { session } = await origin.visit(FIELDS, { version })
      const second = await origin.visit(FIELDS, { certificate: edgeCertificate, version, session })
      expect([second.isResumed, outcomeOf(second)]).toEqual([true, REFUSED])
      expect(reads).not.toHaveBeenCalled()
      expect(emitWarning).not.toHaveBeenCalled()
    })

    it('believes the full handshake that takes the place of a resumption switched off', async () => {
      await start({ thumbprints: THUMBPRINT }, constants.SSL_OP_NO_TICKET)
      const { session } = await origin.visit(FIELDS, { certificate: edgeCertificate, version })
      const second = await origin.visit(FIELDS, { certificate: edgeCertificate, version, session })
      expect([second.isResumed, outcomeOf(second)]).toEqual([false, BELIEVED])
    })
  })
})

describe('originPull on a TLS server that shares its ticket keys', () => {
  const ticketKeys = Buffer.alloc(48, 7)
  const middlewares = [pull({ thumbprints: selfSigned.thumbprint })]
  const origins: TlsOrigin[] = []

  const start = async (ca: string): Promise<TlsOrigin> => {
    const origin = await startTlsOrigin({ protocol: 'http/1.1', middlewares, tls: { ca, ticketKeys } })
    origins.push(origin)
    return origin
  }
  afterEach(() => Promise.all(origins.map((origin) => origin.close())))

  it('does not believe what only the other server has verified', async () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const [lenient, strict] = [await start(selfSigned.certificate), await start(authority.certificate)]
    const { session } = await lenient.visit(FIELDS, { certificate: selfSigned })
    const visit = await strict.visit(FIELDS, { certificate: selfSigned, session })
    expect([visit.isResumed, outcomeOf(visit)]).toEqual([true, REFUSED])
    emitWarning.mockRestore()
  })
})
