import { setImmediate as turn } from 'node:timers/promises'
import { Delivery, type DeliverySettings } from '../../lib/audit/delivery.js'
import type { AuditRecord } from '../../lib/audit/schema.js'

/** A sink that takes or refuses as it is told, and says so as sinks do. */
class FakeSink {
  readonly written: AuditRecord[] = []
  readonly failures: (() => void)[] = []
  /** How many more records it takes before it wants no more. */
  room = Number.POSITIVE_INFINITY
  isBroken = false
  onReady = (): void => undefined

  readonly open = (onReady: () => void) => {
    this.onReady = onReady
    return (record: AuditRecord, onFailed: () => void): boolean => {
      if (this.isBroken) throw new Error('broken')
      this.written.push(record)
      this.failures.push(onFailed)
      return --this.room > 0
    }
  }

  drain(room = Number.POSITIVE_INFINITY): void {
    this.room = room
    this.onReady()
  }

  get numbers(): unknown[] {
    return this.written.map(({ number, lost }) => number ?? { lost })
  }
}

describe('Delivery', () => {
  let sink: FakeSink

  beforeEach(() => {
    sink = new FakeSink()
  })

  const start = (settings: Partial<DeliverySettings> = {}): Delivery =>
    new Delivery(sink.open, {
      maxQueued: 3,
      onLost: () => undefined,
      report: (lost) => ({ lost }),
      ...settings,
    })

  const offer = (delivery: Delivery, ...numbers: number[]): void => {
    for (const number of numbers) delivery.offer(() => ({ number }))
  }

  it('hands on each record at once while the sink takes them', () => {
    const delivery = start()
    offer(delivery, 1, 2, 3, 4, 5)
    expect(sink.numbers).toEqual([1, 2, 3, 4, 5])
    expect(delivery.lost).toBe(0)
  })

  it('keeps records in order until the sink takes them again', () => {
    sink.room = 1
    const delivery = start()
    offer(delivery, 1, 2, 3, 4)
    expect(sink.numbers).toEqual([1])
    sink.drain(2)
    expect(sink.numbers).toEqual([1, 2, 3])
    sink.drain()
    expect(sink.numbers).toEqual([1, 2, 3, 4])
    expect(delivery.lost).toBe(0)
  })

  it('loses what there is no room for, and reports it in its place when the sink takes records again', () => {
    sink.room = 1
    const delivery = start()
    offer(delivery, 1, 2, 3, 4, 5, 6)
    expect(delivery.lost).toBe(2)
    sink.drain()
    offer(delivery, 7)
    expect(sink.numbers).toEqual([1, 2, 3, 4, { lost: 2 }, 7])
  })

  it('reports each gap where it was', () => {
    sink.room = 1
    const delivery = start()
    offer(delivery, 1, 2, 3, 4, 5)
    sink.drain(3)
    offer(delivery, 6, 7, 8, 9, 10)
    sink.drain()
    expect(sink.numbers).toEqual([1, 2, 3, 4, { lost: 1 }, 6, 7, { lost: 3 }])
    expect(delivery.lost).toBe(4)
  })

  it('does not make a record that there is no room for', () => {
    sink.room = 1
    const delivery = start()
    offer(delivery, 1, 2, 3, 4)
    const make = jest.fn()
    for (let run = 0; run < 10_000; run++) delivery.offer(make)
    expect(make).not.toHaveBeenCalled()
    expect(delivery.lost).toBe(10_000)
    sink.drain()
    expect(sink.numbers).toEqual([1, 2, 3, 4, { lost: 10_000 }])
  })

  it('counts what a broken sink does not take, and reports it when it is mended', () => {
    sink.isBroken = true
    const delivery = start()
    offer(delivery, 1, 2, 3, 4, 5)
    expect(delivery.lost).toBe(5)
    sink.isBroken = false
    offer(delivery, 6)
    expect(sink.numbers).toEqual([{ lost: 5 }, 6])
    expect(delivery.lost).toBe(5)
  })

  it('counts a record that fails later once, and reports it again if the report fails', () => {
    const delivery = start()
    offer(delivery, 1)
    sink.failures[0]?.()
    sink.failures[0]?.()
    expect(delivery.lost).toBe(1)
    offer(delivery, 2)
    expect(sink.numbers).toEqual([1, { lost: 1 }, 2])
    sink.failures[1]?.()
    sink.failures[2]?.()
    expect(delivery.lost).toBe(2)
    offer(delivery, 3)
    expect(sink.numbers).toEqual([1, { lost: 1 }, 2, { lost: 2 }, 3])
  })

  it('does not try for ever to report to a sink that fails and is ready again', async () => {
    const written: unknown[] = []
    const refusing = new Delivery(
      (onReady) =>
        ({ number, lost }, onFailed) => {
          written.push(number ?? { lost })
          queueMicrotask(() => {
            onFailed()
            onReady()
          })
          return false
        },
      { maxQueued: 3, onLost: () => undefined, report: (lost) => ({ lost }) },
    )
    offer(refusing, 1)
    await turn()
    expect(written).toEqual([1, { lost: 1 }])
    offer(refusing, 2)
    await turn()
    expect(written).toEqual([1, { lost: 1 }, { lost: 1 }, 2])
    expect(refusing.lost).toBe(2)
  })

  it('loses a record that cannot be made', () => {
    const delivery = start()
    delivery.offer(() => {
      throw new Error('schema')
    })
    expect(delivery.lost).toBe(1)
    expect(sink.numbers).toEqual([{ lost: 1 }])
  })

  it('tells of each lost record, and does not mind if nobody can be told', () => {
    sink.isBroken = true
    const told: number[] = []
    const delivery = start({
      onLost(lost) {
        told.push(lost)
        throw new Error('deaf')
      },
    })
    offer(delivery, 1, 2, 3)
    expect(told).toEqual([1, 2, 3])
  })

  it('is not confused by a sink that is ready before it has returned', () => {
    const written: unknown[] = []
    const delivery = new Delivery(
      (onReady) =>
        ({ number }) => {
          onReady()
          written.push(number)
          return true
        },
      { maxQueued: 3, onLost: () => undefined, report: (lost) => ({ lost }) },
    )
    offer(delivery, 1, 2, 3)
    expect(written).toEqual([1, 2, 3])
  })
})
