import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type ServerKeys } from './servers.js'
import { TRIALS } from './trials.js'

/** What a server did while it was watched. */
export interface Work {
  readonly requests: number
  readonly seconds: number
  readonly cpuMicroseconds: number
}

/** Watch the server of a trial from its next request on: leave the first ones out, and count so many. */
export interface Watch {
  readonly trial: string
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
const watchers = new Map<string, Watcher>()

const ports = TRIALS.map(async ({ name, kind }) => {
  const server = createServer(kind, keys, () => watchers.get(name)?.onRequest())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return [name, (server.address() as AddressInfo).port] as const
})

process.on('message', (watch: Watch) => {
  watchers.set(watch.trial, new Watcher(watch))
  process.send?.('watching')
})
process.send?.(Object.fromEntries(await Promise.all(ports)))
