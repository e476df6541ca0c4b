import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createEdge, type EdgeOptions, type MintedCertificate, type TestEdge } from 'mtls-identity/testing'
import { authority } from './certificates.js'
import { type Client, connectHttp1 } from './clients.js'
import { echo, type Seen } from './echo.js'

type Connect = (edge: TestEdge, minted?: MintedCertificate) => Client

export interface Stage {
  readonly edge: TestEdge
  readonly origin: Server
  /** A new client connection; anonymous without a certificate. */
  readonly client: (minted?: MintedCertificate, connect?: Connect) => Client
}

export interface StageOptions extends Partial<EdgeOptions> {
  readonly listener?: RequestListener
}

/** Sets up an origin and an edge in front of it for one test; both are gone after it. */
export const useStage = (): ((options?: StageOptions) => Promise<Stage>) => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return async ({ listener = echo, ...options } = {}) => {
    const origin = createServer(listener).listen(0, '127.0.0.1')
    await once(origin, 'listening')
    closers.push(async () => {
      const closed = once(origin, 'close')
      origin.close()
      await closed
    })
    const { port } = origin.address() as AddressInfo
    const edge = await createEdge({
      origin: `http://127.0.0.1:${port}`,
      clientCa: authority.certificate,
      ...options,
    })
    closers.push(edge.close)
    const client = (minted?: MintedCertificate, connect: Connect = connectHttp1): Client => {
      const opened = connect(edge, minted)
      closers.push(opened.close)
      return opened
    }
    return { edge, origin, client }
  }
}

/** The answer of the echoing origin. */
export const see = async (client: Client, ...options: Parameters<Client['send']>): Promise<Seen> => {
  const { body } = await client.send(...options)
  return JSON.parse(body) as Seen
}
