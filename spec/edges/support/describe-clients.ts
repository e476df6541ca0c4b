import type { IncomingMessage } from 'node:http'
import type { MtlsContext, MtlsIdentityOptions } from 'mtls-identity'
import type { Edge } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import { systemClock } from '../../../lib/clock.js'
import { createMiddleware } from '../../../lib/middleware.js'
import { loopbackSocket } from '../../support/fake-request.js'
import type { FieldLines } from '../../support/raw-client.js'
import { edgeRequest } from './edge-request.js'
import { alice, bob } from './encodings.js'

/** What an edge sends for its clients, and what comes of it. */
export interface Clients {
  readonly edge: Edge
  readonly of: (client: MintedCertificate) => FieldLines
  readonly anonymous: FieldLines
  readonly verifiedBy: MtlsContext['verifiedBy']
  /** What the middleware needs besides. */
  readonly options?: MtlsIdentityOptions
}

const OPTIONS = { trust: 'loopback', wait: { maxMs: 0 } } as const

type Ask = (fields: FieldLines, socket?: object) => Promise<{ req: IncomingMessage; mtls: MtlsContext }>

const ask = ({ edge, options }: Clients): Ask => {
  const middleware = createMiddleware({ ...OPTIONS, edge, ...options }, systemClock)
  const pooled = loopbackSocket()
  return async (fields, socket = pooled) => {
    const req = edgeRequest({ fields, socket })
    return { req, mtls: await middleware.identify(req) }
  }
}

/** The same facts for each edge: who is who on one origin connection, and what a forger gets. */
export const describeClients = (clients: Clients): void => {
  const { of, anonymous, verifiedBy } = clients
  const problems = verifiedBy === undefined ? ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'] : []

  it('tells clients apart on every request of one origin connection', async () => {
    const send = ask(clients)
    for (const client of [alice, bob, bob, alice]) {
      const { mtls } = await send(of(client))
      expect(mtls).toMatchObject({ evidence: 'certificate', verifiedBy, problems })
      expect(mtls.identity?.thumbprint).toBe(client.thumbprint)
    }
  })

  it('takes a client without a certificate for nobody, whoever came before', async () => {
    const send = ask(clients)
    await send(of(alice))
    expect((await send(anonymous)).mtls).toMatchObject({
      identity: undefined,
      evidence: 'none',
      problems: [],
    })
  })

  it('removes the fields of anybody but the edge, unread', async () => {
    const { req, mtls } = await ask(clients)(of(alice), loopbackSocket('192.0.2.1'))
    expect(mtls).toMatchObject({ identity: undefined, problems: ['ERR_MTLS_UNTRUSTED_PEER'], asserted: {} })
    expect(req.rawHeaders).toEqual(['Host', 'origin.test'])
  })

  it("refuses somebody else's certificate beside the client's own", async () => {
    const fields: FieldLines = [...of(alice).slice(0, 1), ...of(bob)]
    await expect(ask(clients)(fields)).rejects.toMatchObject({ status: 400 })
  })
}

/** Where the edge sends a hash as well, nobody else's certificate agrees with it. */
export const describeForgedCertificate = (clients: Clients): void => {
  it("refuses somebody else's certificate in place of the client's own", async () => {
    const fields: FieldLines = [...clients.of(alice).slice(0, 1), ...clients.of(bob).slice(1)]
    await expect(ask(clients)(fields)).rejects.toMatchObject({ code: 'ERR_MTLS_THUMBPRINT_MISMATCH' })
  })
}
