import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

const ROOT = join(__dirname, '../..')

/** A server of `examples` in a process of its own. */
export interface ExampleServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** How a program ended, and what it wrote. */
export interface Ending {
  readonly status: ChildProcess['exitCode']
  readonly stdout: string
  readonly stderr: string
}

/** Starts `examples/<name>/server.js` on a free port, and waits for the URL that it prints. */
export const startExample = async (
  name: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ExampleServer> => {
  const child = spawn(process.execPath, [`examples/${name}/server.js`], {
    cwd: ROOT,
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const complaints = text(child.stderr)
  const url = await findUrl(child.stdout)
  if (url === undefined) throw new Error(`${name} ended without a URL: ${await complaints}`)
  const stop = async (): Promise<void> => {
    child.kill()
    await exited
  }
  return { url, stop }
}

const findUrl = async (output: Readable): Promise<string | undefined> => {
  for await (const line of createInterface(output)) {
    const [url] = /http:\S+/.exec(line) ?? []
    if (url !== undefined) return url
  }
  return undefined
}

/** Runs Node with these arguments in the root folder of the package, until it ends. */
export const runNode = (...args: readonly string[]): Promise<Ending> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: ROOT }, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode, stdout, stderr })
    })
  })
