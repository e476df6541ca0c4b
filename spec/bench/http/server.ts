import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Watch, Work } from './server-process.js'
import type { ServerKeys, ServerKind } from './servers.js'

/**
 * All servers, in one process besides this one, so that they differ in what they do and in nothing else. Only
 * one at a time is to be under load.
 */
export class BenchServers {
  private constructor(
    readonly process: ChildProcess,
    readonly ports: Readonly<Record<ServerKind, number>>,
  ) {}

  static async start(keys: ServerKeys): Promise<BenchServers> {
    const module = new URL('server-process.js', import.meta.url)
    const child = fork(module, [JSON.stringify(keys)], { execArgv: ['--no-warnings'] })
    const [ports] = (await once(child, 'message')) as [Record<ServerKind, number>]
    return new BenchServers(child, ports)
  }

  urlOf(kind: ServerKind): string {
    return `${kind === 'native' ? 'https' : 'http'}://127.0.0.1:${this.ports[kind]}/`
  }

  /** Begins to watch; what that gives is there when the requests were. */
  async watch(watch: Watch): Promise<{ readonly work: Promise<Work> }> {
    const begun = once(this.process, 'message')
    this.process.send(watch)
    await begun
    return { work: once(this.process, 'message').then(([work]: unknown[]) => work as Work) }
  }

  stop(): void {
    this.process.kill()
  }
}
