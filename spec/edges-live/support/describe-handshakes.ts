import https from 'node:https'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { TLSSocket } from 'node:tls'
import {
  createCertificateAuthority,
  createSelfSigned,
  type MintedCertificate,
  type TestEdge,
} from 'mtls-identity/testing'
import { connectHttp1, connectHttp2, credentials } from '../../testing/support/clients.js'
import { ask } from './ask.js'
import { authority, mintCaller } from './cast.js'
import type { LiveEdge } from './live-edge.js'
import type { Mode } from './modes.js'
import type { Finding } from './oracle-origin.js'
import { setStage } from './stage.js'

const DAY_MS = 86_400_000
/** The DER is 10 KiB long, as much as Cloudflare forwards. */
const LARGE_PADDING_BYTES = 9_800
const COOKIE_BYTES = 4_096
const subject = { commonName: 'alice' }

const UNWANTED: readonly (readonly [what: string, certificate: MintedCertificate])[] = [
  ['self-signed', createSelfSigned({ subject })],
  ["of another authority's", createCertificateAuthority().issue({ subject })],
  [
    'expired',
    authority.issue({
      subject,
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    }),
  ],
  ['for servers only', authority.issue({ subject, extendedKeyUsage: ['serverAuth'] })],
]

/** A request over a client connection of its own, which resumes the TLS session of the one before. */
export const askResuming = async (edge: TestEdge, agent: https.Agent): Promise<[boolean, Finding]> => {
  const request = https.get(edge.url, { agent })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const isResumed = response.socket instanceof TLSSocket && response.socket.isSessionReused()
  return [isResumed, JSON.parse(await text(response)) as Finding]
}

/** What happens in the handshake with the edge, and what of it the origin hears. */
export const describeHandshakes = (edge: LiveEdge, modes: readonly Mode[]): void => {
  describe.each(modes)(`handshakes with ${edge.name}: $name`, (mode) => {
    let stage: TestEdge

    beforeAll(async () => {
      stage = await setStage(edge, mode)
    })

    afterAll(async () => {
      await stage.close()
    })

    it.each(UNWANTED)('a certificate that is %s never gets to the origin', async (_what, certificate) => {
      for (const connect of [connectHttp1, connectHttp2]) {
        const client = connect(stage, certificate)
        await expect(ask(client)).rejects.toThrow()
        client.close()
      }
    })

    it('a resumed TLS session is as good as a new one', async () => {
      const caller = mintCaller('resuming')
      const agent = new https.Agent({ ...credentials(stage, caller.certificate), keepAlive: false })
      const results = [await askResuming(stage, agent), await askResuming(stage, agent)]
      expect(results.map(([isResumed]) => isResumed)).toEqual([false, true])
      for (const [, finding] of results) {
        expect(finding).toMatchObject({ thumbprint: caller.certificate.thumbprint, problems: [] })
      }
    })

    it('a certificate of 10 KiB beside a large cookie arrives whole', async () => {
      const large = authority.issue({ subject, paddingBytes: LARGE_PADDING_BYTES })
      expect(large.der.length).toBeGreaterThan(10_000)
      const client = connectHttp1(stage, large)
      const lines = ['Cookie', 'c'.repeat(COOKIE_BYTES)]
      for (const finding of [await ask(client, { lines }), await ask(client, { lines })]) {
        expect(finding).toMatchObject({ thumbprint: large.thumbprint, problems: [] })
      }
      client.close()
    })
  })
}
