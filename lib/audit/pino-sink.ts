import { openLineStream, type LineStream } from './line-stream.js'
import type { Sink } from './sink.js'

/** What of a pino logger is needed. */
export interface PinoLogger {
  info(record: object): void
  bindings(): object
  isLevelEnabled(level: string): boolean
}

/**
 * Writes records through a pino logger, at level `info`: its bindings, formatters and redaction apply. Pino itself
 * tells nobody when its stream is full, so its lines are caught, and put there by somebody who listens. Where the
 * logger has no one stream (`pino.multistream`), there is nothing to listen to.
 */
export const pinoSink = (logger: PinoLogger): Sink => {
  const key = findStreamKey(logger)
  const stream = key && (Reflect.get(logger, key) as PinoStream)
  if (key === undefined || stream === undefined || stream[METADATA] === true) return unheardSink(logger)
  return (onReady) => {
    const writeLine = openLineStream(stream, onReady)
    const lines: string[] = []
    const write = (line: string): unknown => lines.push(line)
    const catching = Object.create(logger, { [key]: { value: { write } } }) as PinoLogger
    return (record, onFailed) => {
      catching.info(record)
      // None, if the logger has been set to another level meanwhile.
      return lines.splice(0).every((line) => writeLine(line, onFailed))
    }
  }
}

/** A stream that has it takes the level of a line from the logger. */
const METADATA = Symbol.for('pino.metadata')

interface PinoStream extends LineStream {
  readonly [METADATA]?: boolean
}

const unheardSink =
  (logger: PinoLogger): Sink =>
  () =>
  (record) => {
    logger.info(record)
    return true
  }

/** The symbol under which a logger or its parent keeps its stream; `pino.symbols` calls it `streamSym`. */
const findStreamKey = (logger: object | null): symbol | undefined => {
  if (logger === null) return undefined
  const key = Object.getOwnPropertySymbols(logger).find(({ description }) => description === 'pino.stream')
  return key ?? findStreamKey(Object.getPrototypeOf(logger) as object | null)
}
