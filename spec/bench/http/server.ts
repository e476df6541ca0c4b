import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Watch, Work } from './server-process.js'
import type { ServerKeys, ServerKind } from './servers.js'

/** A server in a process of its own, where V8 compiles for what this server does. */
export class BenchServer {
  private constructor(
    readonly url: string,
    readonly process: ChildProcess,
  ) {}

  static async start(kind: ServerKind, keys: ServerKeys): Promise<BenchServer> {
    const module = new URL('server-process.js', import.meta.url)
    const child = fork(module, [kind, JSON.stringify(keys)], { execArgv: ['--no-warnings'] })
    const [port] = (await once(child, 'message')) as [number]
    return new BenchServer(`${kind === 'native' ? 'https' : 'http'}://127.0.0.1:${port}/`, child)
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
