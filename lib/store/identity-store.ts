/**
 * A store that several processes share: bytes by key, with expiry. What it gives back is checked, and it may
 * fail, hang or forget at any time; calls have a deadline. It learns certificates (which are public), and
 * connection ids only as hashes.
 */
export interface IdentityStore {
  /** The bytes under a key, `undefined` without any. */
  get(key: string): Promise<Uint8Array | undefined>
  /** Puts bytes under a key for this many milliseconds. */
  set(key: string, value: Uint8Array, ttlMs: number): Promise<unknown>
}
