import https from 'node:https'
import { createCertificateAuthority, createSelfSigned } from 'mtls-identity/testing'
import { connectHttp1, connectHttp2, credentials, PROTOCOLS } from '../testing/support/clients.js'
import { RawClient } from '../support/raw-client.js'
import { ask } from './support/ask.js'
import { describeWith } from './support/binaries.js'
import { authority } from './support/cast.js'
import { askResuming } from './support/describe-handshakes.js'
import { describePresets, modeOf } from './support/describe-presets.js'
import { HAPROXY_WITH_LUA } from './support/haproxy-presets.js'
import { setStage, type Stage } from './support/stage.js'
import { workerPreset } from './support/worker-preset.js'

const DAY_MS = 86_400_000
const subject = { commonName: 'alice' }
const alice = authority.issue({ subject })
const revoked = authority.issue({ subject })
const expired = authority.issue({
  subject,
  notBefore: new Date(Date.now() - 2 * DAY_MS),
  notAfter: new Date(Date.now() - DAY_MS),
})

describeWith(HAPROXY_WITH_LUA, 'The Worker in workerd between HAProxy and the origin', (path) => {
  const preset = workerPreset(path, [revoked.thumbprint])
  const fieldsOfAlice = preset.encoding.fieldsOf(alice)
  describePresets([preset])

  describe('what it makes of a handshake', () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await setStage(preset.edge, modeOf(preset))
    })
    afterAll(() => stage.close())

    it.each([
      ['self-signed', createSelfSigned({ subject }), ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED']],
      [
        "of another authority's",
        createCertificateAuthority().issue({ subject }),
        ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED'],
      ],
      ['revoked', revoked, ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED', 'ERR_MTLS_CERTIFICATE_REVOKED']],
      ['expired', expired, ['ERR_MTLS_CERTIFICATE_NOT_VERIFIED', 'ERR_MTLS_CERTIFICATE_EXPIRED']],
    ])('has nobody rely on a certificate that is %s', async (_what, minted, problems) => {
      for (const [, connect] of PROTOCOLS) {
        const client = connect(stage, minted)
        const finding = await ask(client, { lines: fieldsOfAlice.flat() })
        client.close()
        expect(finding).toMatchObject({ thumbprint: minted.thumbprint, evidence: 'certificate' })
        expect(finding.verifiedBy).toBeUndefined()
        expect([...(finding.problems ?? [])].sort()).toEqual([...problems].sort())
      }
    })

    it('says of a client what HAProxy says', async () => {
      const client = connectHttp1(stage, alice)
      const { asserted } = await ask(client, { path: '/asserted' })
      client.close()
      expect(asserted).toMatchObject({
        presented: true,
        verified: true,
        revoked: false,
        thumbprint: alice.thumbprint,
        subject: 'CN=alice',
        issuer: 'CN=Test CA',
      })
    })

    it('says of a client without a certificate that there is none', async () => {
      const client = connectHttp1(stage)
      const { asserted } = await ask(client, { path: '/asserted' })
      client.close()
      expect(asserted).toEqual({ presented: false, verified: false, revoked: false })
    })

    it('gives each client connection an id of its own, which its requests share', async () => {
      const clients = [connectHttp2(stage, alice), connectHttp2(stage, alice), connectHttp1(stage)]
      const ids = await Promise.all(
        clients.map(async (client) => {
          const findings = await Promise.all([ask(client), ask(client), ask(client)])
          client.close()
          return findings.map(({ connection }) => connection)
        }),
      )
      expect(new Set(ids.flat()).size).toBe(3)
      for (const [first, ...others] of ids) {
        expect(first).toMatch(/^[0-9A-F]{128}$/)
        expect(others).toEqual([first, first])
      }
    })

    it("takes a client that says the id of somebody else's connection for itself", async () => {
      const aliceOnline = connectHttp1(stage, alice)
      const { connection = '' } = await ask(aliceOnline)
      const stranger = connectHttp1(stage)
      const finding = await ask(stranger, { lines: ['X-Connection-Id', connection] })
      expect(finding).toMatchObject({ evidence: 'none', problems: [] })
      expect(finding.connection).not.toBe(connection)
      stranger.close()
      aliceOnline.close()
    })

    it('knows the client of a resumed TLS session', async () => {
      const agent = new https.Agent({ ...credentials(stage, alice), keepAlive: false })
      const results = [await askResuming(stage, agent), await askResuming(stage, agent)]
      expect(results.map(([isResumed]) => isResumed)).toEqual([false, true])
      for (const [, finding] of results) {
        expect(finding).toMatchObject({ thumbprint: alice.thumbprint, verifiedBy: 'edge', problems: [] })
      }
    })

    it.each([
      ['no secret', []],
      ['another secret', [['X-Origin-Secret', 'a-secret-that-i-have-made-up'] as const]],
    ])('is not believed to have sent what comes with %s', async (_what, secret) => {
      const client = new RawClient(stage.originPort)
      const report = await client.get('/', [...fieldsOfAlice, ...secret])
      client.close()
      expect(report).toMatchObject({ evidence: 'none', problems: ['ERR_MTLS_UNTRUSTED_PEER'] })
      expect(report.thumbprint).toBeUndefined()
    })
  })
})
