import { EventEmitter } from 'node:events'
import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import { functionSink } from '../../lib/audit/function-sink.js'
import { streamSink } from '../../lib/audit/line-stream.js'
import { pinoSink } from '../../lib/audit/pino-sink.js'

/** A stream of lines that goes on only when it is told to. */
class SlowStream extends Writable {
  readonly lines: string[] = []
  readonly #waiting: ((error?: Error) => void)[] = []

  override _write(line: Buffer, _encoding: string, callback: (error?: Error) => void): void {
    this.lines.push(String(line))
    this.#waiting.push(callback)
  }

  proceed(error?: Error): void {
    this.#waiting.shift()?.(error)
  }
}

const createSlow = (): SlowStream => new SlowStream({ highWaterMark: 20 })
const RECORD = { what: 'x'.repeat(20) }
const LINE = `${JSON.stringify(RECORD)}\n`

describe('streamSink', () => {
  it('writes lines of JSON, and says when the stream is full and when it is not', async () => {
    const [stream, onReady, onFailed] = [createSlow(), jest.fn(), jest.fn()]
    const write = streamSink(stream)(onReady)
    expect(write({ a: 1 }, onFailed)).toBe(true)
    expect(write(RECORD, onFailed)).toBe(false)
    stream.proceed()
    await turn()
    stream.proceed()
    await turn()
    expect(stream.lines).toEqual(['{"a":1}\n', LINE])
    expect(onReady).toHaveBeenCalledTimes(1)
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('survives an error of the stream, and fails for what was under way and for what comes then', async () => {
    const [stream, onReady, onFailed] = [createSlow(), jest.fn(), jest.fn()]
    const write = streamSink(stream)(onReady)
    expect(write(RECORD, onFailed)).toBe(false)
    expect(write(RECORD, onFailed)).toBe(false)
    stream.proceed(new Error('disk full'))
    await turn()
    expect(onFailed).toHaveBeenCalledTimes(2)
    expect(onReady).toHaveBeenCalled()
    // Nothing will ever be ready again: it does not ask anybody to wait for that.
    expect(write(RECORD, onFailed)).toBe(true)
    await turn()
    expect(onFailed).toHaveBeenCalledTimes(3)
  })

  it('hands on what the stream throws, and what JSON cannot write', () => {
    const write = streamSink({
      write() {
        throw new Error('gone')
      },
    })(jest.fn())
    expect(() => write(RECORD, jest.fn())).toThrow('gone')
    expect(() => write({ big: 1n }, jest.fn())).toThrow(TypeError)
  })

  it('fails for what the stream drops while it is written, and not for what it drops of others', () => {
    const stream = Object.assign(new EventEmitter(), {
      write: () => {
        stream.emit('drop', LINE)
        return false
      },
    })
    const onFailed = jest.fn()
    expect(streamSink(stream)(jest.fn())(RECORD, onFailed)).toBe(false)
    expect(onFailed).toHaveBeenCalledTimes(1)
    stream.emit('drop', LINE)
    expect(onFailed).toHaveBeenCalledTimes(1)
  })
})

describe('functionSink', () => {
  it('hands records to a function', () => {
    const take = jest.fn()
    expect(functionSink(take)(jest.fn())(RECORD, jest.fn())).toBe(true)
    expect(take.mock.calls).toEqual([[RECORD]])
  })

  it.each<[what: string, outcome: () => Promise<unknown>, failures: number]>([
    ['fulfilled', () => Promise.resolve(), 0],
    ['rejected', () => Promise.reject(new Error('refused')), 1],
  ])('is ready again when the promise is %s', async (_what, outcome, failures) => {
    const [onReady, onFailed] = [jest.fn(), jest.fn()]
    expect(functionSink(outcome)(onReady)(RECORD, onFailed)).toBe(false)
    expect(onReady).not.toHaveBeenCalled()
    await turn()
    expect(onReady).toHaveBeenCalledTimes(1)
    expect(onFailed).toHaveBeenCalledTimes(failures)
  })

  it.each([null, 1, { then: 1 }, {}])('takes %j for no promise', (result) => {
    expect(functionSink(() => result)(jest.fn())(RECORD, jest.fn())).toBe(true)
  })

  it('hands on what the function throws', () => {
    const refuse = (): never => {
      throw new Error('no')
    }
    expect(() => functionSink(refuse)(jest.fn())(RECORD, jest.fn())).toThrow('no')
  })
})

describe('pinoSink', () => {
  it("writes through the logger, at level info, with the logger's own bindings", () => {
    const stream = createSlow()
    const logger = pino({ base: { service: 'origin' }, timestamp: false }, stream)
    const write = pinoSink(logger.child({ part: 'audit' }))(jest.fn())
    write({ a: 1 }, jest.fn())
    expect(stream.lines).toEqual(['{"level":30,"service":"origin","part":"audit","a":1}\n'])
  })

  it('says when the stream of the logger is full and when it is not', async () => {
    const [stream, onReady] = [createSlow(), jest.fn()]
    const write = pinoSink(pino(stream))(onReady)
    expect(write(RECORD, jest.fn())).toBe(false)
    expect(onReady).not.toHaveBeenCalled()
    stream.proceed()
    await turn()
    expect(onReady).toHaveBeenCalledTimes(1)
  })

  it("hears of what pino's own stream drops at its limit", () => {
    const onFailed = jest.fn()
    const destination = pino.destination({
      dest: '/dev/null',
      sync: false,
      minLength: 4_096,
      maxLength: 4_096,
    })
    const write = pinoSink(pino(destination))(jest.fn())
    for (let run = 0; run < 100; run++) write({ text: 'x'.repeat(100) }, onFailed)
    expect(onFailed.mock.calls.length).toBeGreaterThan(0)
    expect(onFailed.mock.calls.length).toBeLessThan(100)
    destination.destroy()
  })

  it('does not fail for a record that the level keeps back', () => {
    const stream = createSlow()
    const logger = pino(stream)
    const write = pinoSink(logger)(jest.fn())
    logger.level = 'silent'
    expect(write(RECORD, jest.fn())).toBe(true)
    expect(stream.lines).toEqual([])
  })

  it('writes to a logger of several streams as it is', () => {
    const streams = [createSlow(), createSlow()]
    const logger = pino(
      { base: {}, timestamp: false },
      pino.multistream(streams.map((stream) => ({ stream }))),
    )
    expect(pinoSink(logger)(jest.fn())({ a: 1 }, jest.fn())).toBe(true)
    expect(streams.map(({ lines }) => lines)).toEqual(Array(2).fill(['{"level":30,"a":1}\n']))
  })

  it('writes to whatever has the methods of pino', () => {
    const info = jest.fn()
    const logger = { info, bindings: () => ({}), isLevelEnabled: () => true }
    expect(pinoSink(logger)(jest.fn())(RECORD, jest.fn())).toBe(true)
    expect(info.mock.calls).toEqual([[RECORD]])
  })
})
