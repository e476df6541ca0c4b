import type { EventEmitter } from 'node:events'

/** Resolves when it is closed, with or without an error. */
export const closed = (emitter: EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    emitter.on('error', () => undefined)
    emitter.once('close', () => {
      resolve()
    })
  })
