import { connectionId, exclusiveOriginConnections, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import {
  createCertificateAuthority,
  createEdge,
  type EdgeOptions,
  type MintedCertificate,
} from 'mtls-identity/testing'
import { startOrigin, type Report } from './support/origin.js'
import { PROTOCOLS, type Client } from './testing/support/clients.js'

const authority = createCertificateAuthority()
const CLIENTS = 6
const ROUNDS = 8

/** Every third client has no certificate. */
const CERTIFICATES: readonly (MintedCertificate | undefined)[] = Array.from(
  { length: CLIENTS },
  (_, index) =>
    index % 3 === 2 ? undefined : authority.issue({ subject: { commonName: `client-${index}` } }),
)

interface Tally {
  right: number
  unknown: number
  /** Somebody else, and nothing said against it. */
  wrong: number
  /** Somebody else, marked as a guess. */
  wrongInferred: number
}

const count = (tally: Tally, report: Report, expected: string | undefined): void => {
  if (report.thumbprint === expected) tally.right++
  else if (report.thumbprint === undefined) tally.unknown++
  else if (report.evidence === 'inferred' && report.problems?.length) tally.wrongInferred++
  else tally.wrong++
}

interface Scene {
  readonly connect: (typeof PROTOCOLS)[number][1]
  readonly edge: Omit<EdgeOptions, 'origin' | 'clientCa'>
  readonly origin: MtlsIdentityOptions
}

/** Lets all clients call in turn, then all at once, each over one client connection, and counts. */
const play = async ({ connect, ...scene }: Scene): Promise<Tally> => {
  const origin = await startOrigin({ trust: 'loopback', ...scene.origin })
  const edge = await createEdge({ ...scene.edge, origin: origin.url, clientCa: authority.certificate })
  const clients = CERTIFICATES.map((certificate) => connect(edge, certificate))
  const tally: Tally = { right: 0, unknown: 0, wrong: 0, wrongInferred: 0 }
  const ask = async (client: Client, index: number): Promise<void> => {
    const { body } = await client.send()
    count(tally, JSON.parse(body) as Report, CERTIFICATES[index]?.thumbprint)
  }
  for (let round = 0; round < ROUNDS / 2; round++) {
    for (const [index, client] of clients.entries()) await ask(client, index)
  }
  for (let round = 0; round < ROUNDS / 2; round++) await Promise.all(clients.map(ask))
  for (const client of clients) client.close()
  await edge.close()
  await origin.close()
  return tally
}

const TRANSFORM: MtlsIdentityOptions = { edge: cloudflare({ clientAuthHeaders: true }) }
const ENFORCED = cloudflare({ enforced: true })
const ALL_RIGHT = { right: CLIENTS * ROUNDS, unknown: 0, wrong: 0, wrongInferred: 0 }

describe.each(PROTOCOLS)('six interleaved clients over %s', (_protocol, connect) => {
  let warnings: jest.SpyInstance

  beforeEach(() => {
    warnings = jest.spyOn(process, 'emitWarning').mockReturnValue()
  })

  afterEach(() => {
    warnings.mockRestore()
  })

  it.each<[what: string, edge: Scene['edge'], origin: MtlsIdentityOptions]>([
    [
      'pooled, the certificate once, with the Managed Transform',
      { forward: 'first-request', clientAuthHeaders: true },
      TRANSFORM,
    ],
    [
      'pooled, the certificate every time, with the Managed Transform',
      { forward: 'every-request', clientAuthHeaders: true },
      TRANSFORM,
    ],
    [
      'pooled, the certificate every time, with nothing else',
      { forward: 'every-request' },
      { edge: ENFORCED },
    ],
    [
      'pooled, the certificate once, its SHA-256 every time',
      { sha256OnEveryRequest: true },
      { edge: cloudflare({ enforced: true, sha256OnEveryRequest: true }) },
    ],
    [
      'pooled, the certificate once, with an id of the client connection',
      { connectionIdField: 'X-Connection-Id' },
      { edge: ENFORCED, continuity: connectionId('X-Connection-Id') },
    ],
    [
      'one-to-one, declared',
      { originConnections: 'one-to-one' },
      { edge: ENFORCED, continuity: exclusiveOriginConnections() },
    ],
  ])('are all known on every request: %s', async (_what, edge, origin) => {
    expect(await play({ connect, edge, origin })).toEqual(ALL_RIGHT)
  })

  it('are never somebody else with an empty list of problems: pooled, the certificate once, nothing else', async () => {
    const tally = await play({ connect, edge: {}, origin: { edge: ENFORCED } })
    expect(tally.wrong).toBe(0)
    expect(tally.right + tally.unknown + tally.wrongInferred).toBe(CLIENTS * ROUNDS)
    expect(warnings).toHaveBeenCalledTimes(1)
  })

  it('show a declaration of exclusive origin connections that is not true, with one warning', async () => {
    const origin = { edge: ENFORCED, continuity: exclusiveOriginConnections() }
    await play({ connect, edge: { maxOriginConnections: 1 }, origin })
    expect(warnings).toHaveBeenCalledTimes(1)
  })
})
