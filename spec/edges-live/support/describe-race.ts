import type { TestEdge } from 'mtls-identity/testing'
import { connectHttp2 } from '../../testing/support/clients.js'
import { ask } from './ask.js'
import { mintCaller, type Caller } from './cast.js'
import type { LiveEdge } from './live-edge.js'
import type { Mode } from './modes.js'
import { holdBackCertificate } from './overtaking.js'
import { setStage } from './stage.js'

const NEWCOMERS = 10
const STREAMS = 6
/** On a busy machine more than the default may pass between two requests that were sent together. */
const PATIENT = { maxMs: 2_000 }

/** Who the origin takes the first streams of a client for that it has never seen before. */
const askAtOnce = async (edge: TestEdge, { certificate }: Caller): Promise<(string | undefined)[]> => {
  const client = connectHttp2(edge, certificate)
  const findings = await Promise.all(Array.from({ length: STREAMS }, () => ask(client)))
  client.close()
  return findings.map(({ thumbprint, problems }) => (problems?.length === 0 ? thumbprint : undefined))
}

const expectAllRight = async (edge: TestEdge): Promise<void> => {
  for (let index = 0; index < NEWCOMERS; index++) {
    const newcomer = mintCaller(`newcomer-${index}`)
    const expected = Array.from({ length: STREAMS }, () => newcomer.certificate.thumbprint)
    expect(await askAtOnce(edge, newcomer)).toEqual(expected)
  }
}

/** The race that parallel streams run: the one with the certificate may be overtaken. */
export const describeRace = (edge: LiveEdge, modes: readonly Mode[]): void => {
  describe(`six parallel first streams of a new client of ${edge.name}`, () => {
    it.each(modes)('are six times its own: $name', async (mode) => {
      const stage = await setStage(edge, mode)
      await expectAllRight(stage).finally(stage.close)
    })

    for (const mode of modes.filter(({ speech }) => speech.certificateOn === 'first-request')) {
      it(`are six times its own, the one with the certificate last: ${mode.name}`, async () => {
        const patient = { ...mode, origin: { ...mode.origin, wait: PATIENT } }
        const stage = await setStage(edge, patient, holdBackCertificate(STREAMS - 1))
        await expectAllRight(stage).finally(stage.close)
      })
    }
  })
}
