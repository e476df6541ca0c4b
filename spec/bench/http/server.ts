import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Watch, Work } from './server-process.js'
import type { ServerKeys } from './servers.js'
import type { Trial } from './trials.js'

/**
 * The servers of all trials, in one process besides this one, so that they differ in what they do and in nothing else:
 * where a process has its memory, and what V8 makes of its code, is chance. Only one at a time is to be
 * under load.
 */
export class BenchServers {
  private constructor(
    readonly process: ChildProcess,
    readonly ports: Readonly<Record<string, number>>,
  ) {}

  static async start(keys: ServerKeys): Promise<BenchServers> {
    const module = new URL('server-process.js', import.meta.url)
    const child = fork(module, [JSON.stringify(keys)], { execArgv: ['--no-warnings'] })
    const [ports] = (await once(child, 'message')) as [Record<string, number>]
    return new BenchServers(child, ports)
  }

  urlOf({ name, kind }: Trial): string {
    return `${kind === 'native' ? 'https' : 'http'}://127.0.0.1:${this.ports[name]}/`
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
