import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, type Origin } from '../../support/origin.js'

/** Each client names itself in this field. */
export const CLIENT_FIELD = 'X-Client'

/**
 * Hands the requests of every client to one origin after the other, so that no two in a row reach the same one.
 */
export const startRoundRobin = async (ports: readonly number[]): Promise<Origin> => {
  const agent = new Agent({ keepAlive: true })
  const counts = new Map<unknown, number>()

  const nextPort = (client: unknown): number => {
    // Clients begin at different ones.
    const count = counts.get(client) ?? counts.size
    counts.set(client, count + 1)
    return ports[count % ports.length] ?? 0
  }

  const forward = (req: IncomingMessage, res: ServerResponse): void => {
    const { method, url: path, rawHeaders: headers } = req
    const port = nextPort(req.headers[CLIENT_FIELD.toLowerCase()])
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent })
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(res)
    })
    onward.on('error', () => res.writeHead(502).end())
    req.pipe(onward)
  }
  const balancer = await listen(forward, { keepAliveTimeout: 60_000 })
  const close = async (): Promise<void> => {
    await balancer.close()
    agent.destroy()
  }
  return { ...balancer, close }
}
