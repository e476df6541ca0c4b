import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Order } from './server-process.js'
import type { ServerKeys } from './server-kinds.js'
import type { Trial } from './trials.js'
import type { Work } from './turns.js'

/**
 * The servers of all trials, in one process besides this one, so that what is compared differs in what it does and in
 * nothing else: where a process has its memory, and what V8 makes of its code, is chance. Only one at a time is
 * to be under load.
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

  urlOf({ name }: Trial): string {
    return `${name === 'native' ? 'https' : 'http'}://127.0.0.1:${this.ports[name]}/`
  }

  /** Tells a server what is to come; what was done is there when the requests were. */
  async prepare(order: Order): Promise<{ readonly works: Promise<readonly Work[]> }> {
    const ready = once(this.process, 'message')
    this.process.send(order)
    await ready
    return { works: once(this.process, 'message').then(([works]: unknown[]) => works as readonly Work[]) }
  }

  stop(): void {
    this.process.kill()
  }
}
