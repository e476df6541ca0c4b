import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const READY_MS = 10_000
const RETRY_MS = 20
const STOP_MS = 5_000

export interface ProgramOptions {
  readonly path: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The port of 127.0.0.1 on which it listens when it is ready. */
  readonly port: number
}

/** A server that runs in the foreground, as a child of this process. */
export interface Program {
  readonly stop: () => Promise<void>
}

/** Starts a server and waits until it takes connections. Rejects, with what it said, if it ends before. */
export const startProgram = async ({ path, args, env, port }: ProgramOptions): Promise<Program> => {
  const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collectOutput(child)
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await exited
    clearTimeout(deadline)
  }
  const ended = exited.then(() => Promise.reject(new Error('It ended before it was ready.')))
  try {
    await Promise.race([untilListening(port), ended])
    ended.catch(() => undefined)
    return { stop }
  } catch (error) {
    await stop()
    throw new Error(`${path} did not start:\n${output()}`, { cause: error })
  }
}

const collectOutput = ({ stdout, stderr }: ChildProcess): (() => string) => {
  let output = ''
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-10_000)))
  }
  return () => output
}

const untilListening = async (port: number): Promise<void> => {
  const deadline = performance.now() + READY_MS
  while (!(await takesConnections(port))) {
    if (performance.now() > deadline) throw new Error(`Nobody listens on port ${port}.`)
    await delay(RETRY_MS)
  }
}

const takesConnections = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
    return false
  } finally {
    socket.destroy()
  }
}
