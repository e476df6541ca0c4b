import https from 'node:https'
import request from 'supertest'
import {
  createCertificateAuthority,
  createEdge,
  type EdgeOptions,
  type MintedCertificate,
  type TestEdge,
} from 'mtls-identity/testing'
import { startExample } from '../../support/example-process.js'

export const authority = createCertificateAuthority()

/** The edge and, behind it, the URL of the example itself: there from the first spec on. */
export interface Stage {
  readonly edge: TestEdge
  readonly origin: string
}

/** An example that runs behind an edge with "Add TLS client auth headers" while the specs of a file do. */
export const useExample = (
  name: string,
  options: Partial<EdgeOptions> & { readonly environment?: NodeJS.ProcessEnv } = {},
): Stage => {
  const { environment, ...edgeOptions } = options
  const closers: (() => Promise<void>)[] = []
  const stage: Partial<Stage> = {}
  beforeAll(async () => {
    const server = await startExample(name, environment)
    closers.push(server.stop)
    const edge = await createEdge({
      origin: server.url,
      clientCa: authority.certificate,
      clientAuthHeaders: true,
      ...edgeOptions,
    })
    closers.push(edge.close)
    Object.assign(stage, { edge, origin: server.url })
  })
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })
  return stage as Stage
}

/** How TLS is spoken with the edge; anonymously without a certificate. */
export const credentials = (edge: TestEdge, minted?: MintedCertificate): https.AgentOptions => ({
  ca: edge.ca,
  ...(minted && { cert: minted.chain, key: minted.privateKey }),
})

/** The answer to a request, its body parsed if it is JSON. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** One client connection, which carries every request made with it. */
export type Client = (path: string, fields?: Readonly<Record<string, string>>) => Promise<Answer>

/** Opens a client connection to the edge; anonymous without a certificate. */
export const connect = (edge: TestEdge, minted?: MintedCertificate): Client => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ...credentials(edge, minted) })
  return async (path, fields = {}) => {
    const response = await request(edge.url).get(path).set(fields).agent(agent)
    return { status: response.status, body: response.body }
  }
}
