import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type ServerKeys, type ServerKind } from './servers.js'

/** What a server did while it was watched. */
export interface Work {
  readonly requests: number
  readonly seconds: number
  readonly cpuMicroseconds: number
}

/** Watch a server from its next request on: leave the first ones out, and count so many. */
export interface Watch {
  readonly leadIn: number
  readonly requests: number
}

interface Snapshot {
  readonly seconds: number
  readonly cpuMicroseconds: number
}

const takeSnapshot = (): Snapshot => {
  const { user, system } = process.cpuUsage()
  return { seconds: performance.now() / 1_000, cpuMicroseconds: user + system }
}

/** Counts the requests of one watch. */
class Watcher {
  #seen = 0
  #begun: Snapshot | undefined

  constructor(readonly watch: Watch) {}

  onRequest(): void {
    const { leadIn, requests } = this.watch
    this.#seen++
    if (this.#seen === leadIn) this.#begun = takeSnapshot()
    if (this.#seen === leadIn + requests && this.#begun !== undefined) this.#report(this.#begun)
  }

  #report(begun: Snapshot): void {
    const ended = takeSnapshot()
    const work: Work = {
      requests: this.watch.requests,
      seconds: ended.seconds - begun.seconds,
      cpuMicroseconds: ended.cpuMicroseconds - begun.cpuMicroseconds,
    }
    process.send?.(work)
  }
}

const [kind, keys = ''] = process.argv.slice(2)
let watcher: Watcher | undefined
const server = createServer(kind as ServerKind, JSON.parse(keys) as ServerKeys, () => watcher?.onRequest())
await once(server.listen(0, '127.0.0.1'), 'listening')

process.on('message', (watch: Watch) => {
  watcher = new Watcher(watch)
  process.send?.('watching')
})
process.send?.((server.address() as AddressInfo).port)
