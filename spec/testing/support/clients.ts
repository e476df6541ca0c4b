import http2, { type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import https from 'node:https'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { MintedCertificate, TestEdge } from 'mtls-identity/testing'

export interface RequestOptions {
  readonly method?: string
  readonly path?: string
  /** Field lines: name, value, name, value; a repeated name is a repeated field. */
  readonly lines?: readonly string[]
  readonly body?: string | Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** One client connection, over HTTP/1.1 or HTTP/2. */
export interface Client {
  readonly send: (options?: RequestOptions) => Promise<Answer>
  readonly close: () => void
}

export const credentials = (edge: TestEdge, minted?: MintedCertificate): https.AgentOptions => ({
  ca: edge.ca,
  ...(minted && { cert: minted.chain, key: minted.privateKey }),
})

export const connectHttp1 = (edge: TestEdge, minted?: MintedCertificate): Client => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ...credentials(edge, minted) })
  const send = async ({ method = 'GET', path = '/', lines = [], body }: RequestOptions = {}) => {
    const headers = ['Host', `localhost:${edge.port}`, ...lines]
    const request = https.request(edge.url, { agent, method, path, headers })
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { status: Number(response.statusCode), headers: response.headers, body: await text(response) }
  }
  return {
    send,
    close: () => {
      agent.destroy()
    },
  }
}

const toHeaders = (lines: readonly string[]): Record<string, string[]> => {
  const headers: Record<string, string[]> = {}
  for (let index = 0; index < lines.length; index += 2) {
    const [name = '', value = ''] = lines.slice(index, index + 2)
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), value]
  }
  return headers
}

export const openSession = (edge: TestEdge, minted?: MintedCertificate): ClientHttp2Session =>
  http2.connect(edge.url, credentials(edge, minted))

export const readStream = async (stream: ClientHttp2Stream): Promise<Answer> => {
  const ended = once(stream, 'close').then(() => Promise.reject(new Error('The stream was closed.')))
  const answered = once(stream, 'response')
  ended.catch(() => undefined)
  const [headers] = (await Promise.race([answered, ended])) as [
    http2.IncomingHttpHeaders & { ':status': number },
  ]
  return { status: headers[':status'], headers, body: await text(stream) }
}

export const connectHttp2 = (edge: TestEdge, minted?: MintedCertificate): Client => {
  const session = openSession(edge, minted)
  const send = ({ method = 'GET', path = '/', lines = [], body }: RequestOptions = {}) => {
    const headers = { ':method': method, ':path': path, ...toHeaders(lines) }
    const stream = session.request(headers, { endStream: body === undefined })
    if (body !== undefined) stream.end(body)
    return readStream(stream)
  }
  return {
    send,
    close: () => {
      session.destroy()
    },
  }
}

export const PROTOCOLS = [
  ['HTTP/1.1', connectHttp1],
  ['HTTP/2', connectHttp2],
] as const
