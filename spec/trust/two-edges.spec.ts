import { mtlsIdentity, type MtlsIdentityMiddleware } from 'mtls-identity'
import { cloudflare, type Edge } from 'mtls-identity/edges'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import { originPull, sharedSecret } from 'mtls-identity/trust'
import { base64Of, forwarded } from '../support/cloudflare-fields.js'
import type { FieldLines } from '../support/raw-client.js'
import { startTlsOrigin, type Protocol, type TlsOrigin } from './support/tls-origin.js'

const authority = createCertificateAuthority({ subject: { commonName: 'Edges CA' } })
const atCloudflare = authority.issue({ subject: { commonName: 'cloudflare' } })
const atMesh = authority.issue({ subject: { commonName: 'mesh' } })
const stranger = authority.issue({ subject: { commonName: 'stranger' } })

const clients = createCertificateAuthority()
const alice = clients.issue({ subject: { commonName: 'alice' } })
const bob = clients.issue({ subject: { commonName: 'bob' } })

const reads: string[] = []
const recording = (edge: Edge): Edge => ({
  ...edge,
  read(req) {
    reads.push(edge.name)
    return edge.read(req)
  },
})

const MESH_FIELD = 'X-Mesh-Client-Cert'
/** An edge inside the house, which has a field of its own and no other. */
const mesh: Edge = {
  name: 'mesh',
  fields: [MESH_FIELD.toLowerCase()],
  speaksOnEveryRequest: true,
  read: ({ headers }) => ({
    certificate: headers[MESH_FIELD.toLowerCase()] as string | undefined,
    thumbprint: undefined,
    hashes: [],
    assertions: {},
    verifiedBy: 'declaration',
  }),
  decode: (text) => Buffer.from(text, 'base64'),
}

/** What both edges would say, of two clients: whoever sends this may be lying about one of them. */
const BOTH: FieldLines = [...forwarded(alice), [MESH_FIELD, base64Of(bob.der)]]
const CLOUDFLARE_NAMES = forwarded(alice).map(([name]) => name.toLowerCase())

const SECRET_FIELD = 'X-Edge-Secret'
const SECRETS = { cloudflare: 'secret-of-cloudflare', mesh: 'secret-of-the-mesh', nobody: 'secret-of-nobody' }

const byCertificate = (): MtlsIdentityMiddleware[] => [
  mtlsIdentity({
    edge: recording(cloudflare({ enforced: true })),
    trust: originPull({ thumbprints: atCloudflare.thumbprint }),
  }),
  mtlsIdentity({ edge: recording(mesh), trust: originPull({ thumbprints: atMesh.thumbprint }) }),
]
const bySecret = (): MtlsIdentityMiddleware[] => [
  mtlsIdentity({
    edge: recording(cloudflare({ enforced: true })),
    trust: sharedSecret({ field: SECRET_FIELD, secrets: SECRETS.cloudflare }),
  }),
  mtlsIdentity({
    edge: recording(mesh),
    trust: sharedSecret({ field: SECRET_FIELD, secrets: SECRETS.mesh }),
  }),
]

describe.each<Protocol>(['http/1.1', 'h2'])('one application behind two edges, over %s', (protocol) => {
  describe.each([
    ['by the certificate of the edge', byCertificate],
    ['by a secret in the same field', bySecret],
  ])('told apart %s', (_how, createMiddlewares) => {
    let origin: TlsOrigin

    beforeEach(async () => {
      reads.length = 0
      const tls = { ca: authority.certificate }
      origin = await startTlsOrigin({ protocol, middlewares: createMiddlewares(), tls })
    })
    afterEach(() => origin.close())

    const visitAs = async (certificate: MintedCertificate, secret: string): Promise<object> => {
      const { thumbprint, evidence, problems, fields } = await origin.visit(
        [...BOTH, [SECRET_FIELD, secret]],
        { certificate },
      )
      return { thumbprint, evidence, problems, fields: fields.filter((name) => name !== 'x-edge-secret') }
    }

    it('knows the client of the first, and does not read what the second would say', async () => {
      expect(await visitAs(atCloudflare, SECRETS.cloudflare)).toEqual({
        thumbprint: alice.thumbprint,
        evidence: 'certificate',
        problems: [],
        fields: CLOUDFLARE_NAMES,
      })
      expect(reads).toEqual(['cloudflare'])
    })

    it('knows the client of the second, and does not read what the first would say', async () => {
      expect(await visitAs(atMesh, SECRETS.mesh)).toEqual({
        thumbprint: bob.thumbprint,
        evidence: 'certificate',
        problems: [],
        fields: [MESH_FIELD.toLowerCase()],
      })
      expect(reads).toEqual(['mesh'])
    })

    it('knows nobody from anywhere else, reads nothing and leaves nothing', async () => {
      expect(await visitAs(stranger, SECRETS.nobody)).toEqual({
        thumbprint: undefined,
        evidence: 'none',
        problems: ['ERR_MTLS_UNTRUSTED_PEER'],
        fields: [],
      })
      expect(reads).toEqual([])
    })
  })
})
