import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Output } from './output.js'

/** A program of this folder in a process of its own, which ends at the first promise that nobody looks after. */
export class Child {
  private constructor(
    private readonly process: ChildProcess,
    private readonly complaints: Output,
  ) {}

  /** Starts it; resolves to it and its first message. */
  static async start(program: string, args: readonly string[]): Promise<[child: Child, message: unknown]> {
    const started = fork(join(__dirname, program), args, {
      execArgv: ['--unhandled-rejections=strict'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    const { stderr } = started
    if (stderr === null) throw new Error('The child has no standard error.')
    const complaints = new Output(stderr)
    const child = new Child(started, complaints)
    return [child, await child.#message()]
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }

  /** What it has written to its standard error. */
  get stderr(): string {
    return this.complaints.text
  }

  /** Sends it a question; resolves to its answer. */
  async ask(question: string): Promise<unknown> {
    const answer = this.#message()
    this.process.send(question)
    return answer
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return
    const exited = once(this.process, 'exit')
    this.process.kill()
    await exited
  }

  #message(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        this.process.off('message', onMessage).off('exit', onExit)
        run()
      }
      const onMessage = (message: unknown): void => {
        settle(() => {
          resolve(message)
        })
      }
      const onExit = (): void => {
        settle(() => {
          reject(new Error(`The process ended:\n${this.stderr}`))
        })
      }
      this.process.on('message', onMessage).on('exit', onExit)
    })
  }
}
