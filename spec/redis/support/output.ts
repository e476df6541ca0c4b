import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** The lines that a program has written, and will. */
export class Output {
  readonly #lines: string[] = []
  readonly #listeners = new Set<() => void>()
  #isEnded = false

  constructor(stream: Readable) {
    const lines = createInterface(stream)
    lines.on('line', (line) => {
      this.#lines.push(line)
      this.#tell()
    })
    lines.on('close', () => {
      this.#isEnded = true
      this.#tell()
    })
  }

  get text(): string {
    return this.#lines.join('\n')
  }

  /** Resolves when a line like this has been written; rejects with everything that was if the program ends. */
  waitFor(wanted: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const isFound = this.#lines.some((line) => wanted.test(line))
        if (!isFound && !this.#isEnded) return
        this.#listeners.delete(look)
        if (isFound) resolve()
        else reject(new Error(`It ended without ${String(wanted)}:\n${this.text}`))
      }
      this.#listeners.add(look)
      look()
    })
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
