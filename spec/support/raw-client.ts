import http from 'node:http'
import { json } from 'node:stream/consumers'
import { once } from 'node:events'
import type { Report } from './origin.js'

/** Field lines as they go over the wire: repetitions, order and spelling are kept. */
export type FieldLines = readonly (readonly [name: string, value: string])[]

/** A peer of the origin that speaks over one connection of its own, as an edge or somebody else would. */
export class RawClient {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

  constructor(readonly port: number) {}

  async get(path: string, fields: FieldLines = []): Promise<Report> {
    const lines = [['Host', 'origin.test'], ...fields].flat()
    const { port } = this
    const request = http.request({ host: '127.0.0.1', port, path, agent: this.#agent, headers: lines }).end()
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    return { ...((await json(response)) as object), status: response.statusCode ?? 0 }
  }

  close(): void {
    this.#agent.destroy()
  }
}
