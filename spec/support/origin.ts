import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'
import { MtlsIdentityError, mtlsIdentity, requireIdentity, type MtlsContext } from 'mtls-identity'
import type { MtlsIdentityOptions } from 'mtls-identity'

/** What the origin of a spec says about a request: what it found, or the code of the error. */
export interface Report {
  readonly status: number
  readonly thumbprint?: string
  readonly evidence?: MtlsContext['evidence']
  readonly verifiedBy?: MtlsContext['verifiedBy']
  readonly problems?: MtlsContext['problems']
  readonly code?: string
}

/** An origin on a real socket, with `/` for everybody and `/guarded` for those with an identity. */
export interface Origin {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

export const startOrigin = async (options: MtlsIdentityOptions): Promise<Origin> => {
  const app = express()
  app.use(mtlsIdentity(options))
  const report = (req: express.Request, res: express.Response): void => {
    const { identity, evidence, verifiedBy, problems } = req.mtls
    res.json({ thumbprint: identity?.thumbprint, evidence, verifiedBy, problems })
  }
  app.get('/', report)
  app.get('/guarded', requireIdentity(), report)
  app.use(reportError)
  return listen(app)
}

export const listen = async (
  handler: (req: IncomingMessage, res: ServerResponse) => void,
  options: http.ServerOptions = {},
): Promise<Origin> => {
  const server = http.createServer(options, handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, port, close }
}

const reportError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (error instanceof MtlsIdentityError) res.status(error.status).json({ code: error.code })
  else next(error)
}
