import type { IdentityStore } from 'mtls-identity'

/** A store in memory that can be made to fail, to hang and to lie, and that counts what it is asked. */
export class MemoryStore implements IdentityStore {
  readonly values = new Map<string, { value: Uint8Array; ttlMs: number }>()
  readonly gets: string[] = []
  readonly sets: string[] = []
  /** What happens instead of an answer. */
  fault: (() => Promise<never>) | undefined

  async get(key: string): Promise<Uint8Array | undefined> {
    this.gets.push(key)
    return this.fault === undefined ? Promise.resolve(this.values.get(key)?.value) : this.fault()
  }

  async set(key: string, value: Uint8Array, ttlMs: number): Promise<void> {
    this.sets.push(key)
    if (this.fault !== undefined) await this.fault()
    this.values.set(key, { value: Uint8Array.from(value), ttlMs })
  }
}

export const REFUSE = (): Promise<never> => Promise.reject(new Error('ECONNREFUSED'))
export const HANG = (): Promise<never> => new Promise(() => undefined)
