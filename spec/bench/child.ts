import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a module of this folder in a process of its own, whose heap nothing else is in; it sends one message. */
export const runChild = async (
  module: string,
  args: readonly string[],
  flags: readonly string[],
): Promise<unknown> => {
  const child = fork(new URL(module, import.meta.url), args, { execArgv: ['--no-warnings', ...flags] })
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`${module} ended with ${String(code)} and said nothing.`)
  })
  const [message] = (await Promise.race([once(child, 'message'), ended])) as unknown[]
  ended.catch(() => undefined)
  return message
}

/** Says what was found to the process that has called `runChild`. */
export const answer = (message: object): void => {
  if (process.send === undefined)
    throw new Error('This is a child of the benchmark, and runs in no other way.')
  process.send(message, () => {
    process.disconnect()
  })
}
