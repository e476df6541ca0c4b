import type { TestEdge } from 'mtls-identity/testing'
import { connectHttp1, PROTOCOLS, type Client } from '../../testing/support/clients.js'
import { ask } from './ask.js'
import { mintCaller, type Caller } from './cast.js'
import { FORGERIES, HOP_BY_HOP, type Victim } from './forgeries.js'
import type { LiveEdge } from './live-edge.js'
import type { Mode } from './modes.js'
import type { Finding } from './oracle-origin.js'
import { setStage } from './stage.js'
import type { Connect } from './traffic.js'

const alice = mintCaller('alice')
const mallory = mintCaller('mallory')
const ATTACKERS: readonly Caller[] = [mallory, { name: 'nobody' }]

/** Opens a connection for each attacker, twice: the first request on one is forged, and a later one on the other. */
export const callForged = async (
  edge: TestEdge,
  connect: Connect,
  { attacker, lines }: { attacker: Caller; lines: readonly string[] },
): Promise<readonly Finding[]> => {
  const clients = [connect(edge, attacker.certificate), connect(edge, attacker.certificate)] as const
  const [fresh, used] = clients
  try {
    return [
      await ask(fresh, { lines }),
      await ask(fresh),
      await ask(used),
      await ask(used, { lines }),
      await ask(used),
    ]
  } finally {
    for (const client of clients) client.close()
  }
}

const whose = ({ thumbprint, problems }: Finding): unknown => ({ thumbprint, problems })

/** Forged fields, from clients that hold somebody else's, through the edge as it is configured for users. */
export const describeForgeries = (edge: LiveEdge, modes: readonly Mode[]): void => {
  describe.each(modes)(`forged fields through ${edge.name}: $name`, (mode) => {
    let stage: TestEdge
    let aliceOnline: Client
    let victim: Victim

    beforeAll(async () => {
      stage = await setStage(edge, mode)
      aliceOnline = connectHttp1(stage, alice.certificate)
      const { connection = 'none' } = await ask(aliceOnline)
      victim = { certificate: alice.certificate, connection }
    })

    afterAll(async () => {
      expect(whose(await ask(aliceOnline))).toEqual({
        thumbprint: alice.certificate.thumbprint,
        problems: [],
      })
      aliceOnline.close()
      await stage.close()
    })

    const expectOwn = async (connect: Connect, lines: readonly string[]): Promise<void> => {
      for (const attacker of ATTACKERS) {
        const findings = await callForged(stage, connect, { attacker, lines })
        const own = { thumbprint: attacker.certificate?.thumbprint, problems: [] }
        expect(findings.map(whose)).toEqual(findings.map(() => own))
      }
    }

    describe.each(PROTOCOLS)('over %s', (_protocol, connect) => {
      it.each(FORGERIES)('leave everybody what they are: %s', async (_what, forge) => {
        await expectOwn(connect, forge(victim).flat())
      })
    })

    it('leave everybody what they are: the fields of the edge called hop-by-hop', async () => {
      await expectOwn(connectHttp1, HOP_BY_HOP.flat())
    })

    it('leave the one whose they are what it is', async () => {
      expect(whose(await ask(aliceOnline))).toEqual({
        thumbprint: alice.certificate.thumbprint,
        problems: [],
      })
    })
  })
}
