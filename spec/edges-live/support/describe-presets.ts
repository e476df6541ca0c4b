import type { MintedCertificate } from 'mtls-identity/testing'
import { connectHttp1, PROTOCOLS, type Client } from '../../testing/support/clients.js'
import { RawClient } from '../../support/raw-client.js'
import { ask } from './ask.js'
import { authority } from './cast.js'
import { callForged } from './describe-forgeries.js'
import { describeHandshakes } from './describe-handshakes.js'
import { AS_WRITTEN } from './live-edge.js'
import type { Mode } from './modes.js'
import type { Finding } from './oracle-origin.js'
import type { Preset } from './preset.js'
import { hopByHop, PRESET_FORGERIES } from './preset-forgeries.js'
import { setStage, type Stage } from './stage.js'
import type { Connect } from './traffic.js'

const department = authority.issueAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = department.issue({ subject: { commonName: 'bob' } })
/** Whom the origin never meets but in a request that did not pass the edge. */
const carol = authority.issue({ subject: { commonName: 'carol' } })
const mallory = authority.issue({ subject: { commonName: 'mallory' } })

const TURNS = 3
const NOBODY: Finding = { evidence: 'none', problems: [] }

/** The agreement as an edge of the live matrix has it. */
export const modeOf = ({ encoding, origin }: Preset): Mode => ({
  name: encoding.name,
  speech: AS_WRITTEN,
  origin,
  isTold: true,
})

/** What the origin finds of a client; of one without a certificate: nobody. */
const findingOf = ({ chain, verifiedBy }: Preset, client: MintedCertificate | undefined): Finding => {
  if (client === undefined) return NOBODY
  const { thumbprint } = client
  const above = client === bob && chain === 'told' ? { chain: [department.thumbprint] } : {}
  return { thumbprint, ...above, evidence: 'certificate', verifiedBy, problems: [] }
}

const callInTurns = async (
  stage: Stage,
  connect: Connect,
  callers: readonly (MintedCertificate | undefined)[],
): Promise<readonly (readonly Finding[])[]> => {
  const clients: readonly Client[] = callers.map((caller) => connect(stage, caller))
  const findings: Finding[][] = clients.map(() => [])
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [index, client] of clients.entries()) findings[index]?.push(await ask(client))
    }
    return findings
  } finally {
    for (const client of clients) client.close()
  }
}

/** All but the id of the client connection, which is another one on each. */
const withoutConnection = (finding: Finding): object => ({ ...finding, connection: undefined })

/** Real clients, with and without certificates, and forgers, of a real edge that speaks as a preset expects. */
export const describePresets = (presets: readonly Preset[]): void => {
  describe.each(presets)('$edge.name in $encoding.name', (preset) => {
    let stage: Stage

    beforeAll(async () => {
      stage = await setStage(preset.edge, modeOf(preset))
    })
    afterAll(() => stage.close())

    const expectOwn = async (connect: Connect, lines: readonly string[]): Promise<void> => {
      for (const certificate of [mallory, undefined]) {
        const attacker = { name: 'mallory', ...(certificate && { certificate }) }
        const findings = await callForged(stage, connect, { attacker, lines })
        expect(findings.map(withoutConnection)).toEqual(findings.map(() => findingOf(preset, certificate)))
      }
    }

    it('would have the origin believe what clients forge, if nobody took it off', async () => {
      const client = new RawClient(stage.originPort)
      const fields = [...preset.encoding.fieldsOf(carol), ...(preset.proof ?? [])]
      const report = await client.get('/', fields)
      client.close()
      expect(report).toMatchObject({ ...findingOf(preset, carol), status: 200 })
    })

    describe.each(PROTOCOLS)('over %s', (_protocol, connect) => {
      it('tells clients with and without a certificate apart, request by request', async () => {
        const callers = [alice, undefined, bob]
        const findings = await callInTurns(stage, connect, callers)
        expect(findings.map((ofOne) => ofOne.map(withoutConnection))).toEqual(
          callers.map((caller) => Array<Finding>(TURNS).fill(findingOf(preset, caller))),
        )
      })

      it.each(PRESET_FORGERIES)('leaves forgers what they are: %s', async (_what, forge) => {
        await expectOwn(connect, forge(preset.encoding.fieldsOf(alice), alice).flat())
      })
    })

    it("leaves forgers what they are: the edge's fields called hop-by-hop", async () => {
      await expectOwn(connectHttp1, hopByHop(preset.encoding.fieldsOf(alice)).flat())
    })
  })
}

/** What comes of the certificates that such an edge refuses in the handshake, and of resumed sessions. */
export const describePresetHandshakes = (presets: readonly Preset[]): void => {
  for (const preset of presets) describeHandshakes(preset.edge, [modeOf(preset)])
}
