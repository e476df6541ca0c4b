import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, SERVER_KINDS, type ServerKeys, type ServerKind } from './servers.js'

/** What a server did while it was watched. */
export interface Work {
  readonly requests: number
  readonly seconds: number
  readonly cpuMicroseconds: number
}

/** Watch a server from its next request on: leave the first ones out, and count so many. */
export interface Watch {
  readonly kind: ServerKind
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

/** Counts the requests of one watch. Only the server that is watched has any. */
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

const keys = JSON.parse(process.argv[2] ?? '') as ServerKeys
const watchers = new Map<ServerKind, Watcher>()

const ports = SERVER_KINDS.map(async (kind) => {
  const server = createServer(kind, keys, () => watchers.get(kind)?.onRequest())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return [kind, (server.address() as AddressInfo).port]
})

process.on('message', (watch: Watch) => {
  watchers.set(watch.kind, new Watcher(watch))
  process.send?.('watching')
})
process.send?.(Object.fromEntries(await Promise.all(ports)))
