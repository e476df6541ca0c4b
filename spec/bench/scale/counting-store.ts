import type { IdentityStore } from '../../../lib/index.js'

/** Stands in for Redis, in this process: keeps everything, and counts what it is asked. */
export class CountingStore implements IdentityStore {
  readonly #values = new Map<string, Uint8Array>()
  gets = 0
  sets = 0
  bytesRead = 0
  bytesWritten = 0

  get(key: string): Promise<Uint8Array | undefined> {
    const value = this.#values.get(key)
    this.gets++
    this.bytesRead += value?.length ?? 0
    return Promise.resolve(value)
  }

  set(key: string, value: Uint8Array): Promise<void> {
    this.#values.set(key, value)
    this.sets++
    this.bytesWritten += value.length
    return Promise.resolve()
  }

  /** How many keys of a kind there are: `certificate` or `connection`. */
  keysOf(kind: string): number {
    return [...this.#values.keys()].filter((key) => key.startsWith(`${kind}:`)).length
  }
}
