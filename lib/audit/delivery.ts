import type { AuditRecord } from './schema.js'
import type { Sink, WriteRecord } from './sink.js'

/** A record, or a number of lost ones that is still to be reported. */
type Entry = { readonly record: AuditRecord } | { lost: number }

export interface DeliverySettings {
  /** Records that wait at most; one more is lost. */
  readonly maxQueued: number
  /** Told of each lost record, with how many they are in all. */
  readonly onLost: (lost: number) => void
  /** The record that reports so many lost ones. */
  readonly report: (lost: number) => AuditRecord
}

/**
 * Hands records to a sink, in order and no faster than it takes them; never throws and never waits. Every record
 * that does not arrive is counted, and reported in its place as soon as the sink takes records again.
 */
export class Delivery {
  readonly #write: WriteRecord
  readonly #settings: DeliverySettings
  readonly #queue: Entry[] = []
  #isReady = true
  #isPumping = false
  /** Whether the last report did not arrive: the next one waits for a record to go with. */
  #isReportRefused = false
  #lost = 0

  constructor(sink: Sink, settings: DeliverySettings) {
    this.#settings = settings
    this.#write = sink(() => {
      this.#isReady = true
      if (this.#queue.length > 1 || !this.#isReportRefused) this.#pump()
    })
  }

  /** How many records have been lost. */
  get lost(): number {
    return this.#lost
  }

  /** Takes a record, which is not even made where there is no room for it. */
  offer(make: () => AuditRecord): void {
    if (this.#queue.length >= this.#settings.maxQueued) {
      this.#lose()
      return
    }
    this.#isReportRefused = false
    try {
      this.#queue.push({ record: make() })
    } catch {
      this.#lose()
    }
    this.#pump()
  }

  #pump(): void {
    // A sink may be ready again before it has returned.
    if (this.#isPumping) return
    this.#isPumping = true
    // What fails at once is owed again behind the last entry: it is for the next time.
    let left = this.#queue.length
    let entry: Entry | undefined
    while (this.#isReady && left-- > 0 && (entry = this.#queue.shift())) this.#deliver(entry)
    this.#isPumping = false
  }

  #deliver(entry: Entry): void {
    let hasFailed = false
    const onFailed = (): void => {
      if (hasFailed) return
      hasFailed = true
      if ('lost' in entry) this.#oweAgain(entry.lost)
      else this.#lose()
    }
    try {
      this.#isReady = this.#write(this.#recordOf(entry), onFailed)
    } catch {
      onFailed()
    }
  }

  #recordOf(entry: Entry): AuditRecord {
    return 'lost' in entry ? this.#settings.report(entry.lost) : entry.record
  }

  #lose(): void {
    this.#lost++
    this.#owe(1)
    try {
      this.#settings.onLost(this.#lost)
    } catch {
      // Whoever counts along may fail; the request must not.
    }
  }

  #oweAgain(lost: number): void {
    this.#isReportRefused = true
    this.#owe(lost)
  }

  #owe(lost: number): void {
    const last = this.#queue.at(-1)
    if (last !== undefined && 'lost' in last) last.lost += lost
    else this.#queue.push({ lost })
  }
}
