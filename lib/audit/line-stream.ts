import type { Sink } from './sink.js'

/** What of a stream is needed: a `Writable`, or what pino writes to. */
export interface LineStream {
  write(line: string, callback?: (error?: Error | null) => void): unknown
  on?(event: 'drain' | 'error' | 'close' | 'drop', listener: () => void): unknown
  readonly destroyed?: boolean
}

/** Writes a line, and says whether the stream would take another now. Fails as a `WriteRecord` does. */
export type WriteLine = (line: string, onFailed: () => void) => boolean

/** Listens to a stream, so that its errors end no process. */
export const openLineStream = (stream: LineStream, onReady: () => void): WriteLine => {
  let onDropped: (() => void) | undefined
  // What waits for a broken stream is tried, and fails, so that it is counted.
  for (const event of ['drain', 'error', 'close'] as const) stream.on?.(event, onReady)
  // The streams of pino have a limit of their own, and say so while they are written to.
  stream.on?.('drop', () => onDropped?.())

  return (line, onFailed) => {
    onDropped = onFailed
    try {
      const accepted = stream.write(line, (error) => {
        if (error) onFailed()
      })
      return accepted !== false || stream.destroyed === true
    } finally {
      onDropped = undefined
    }
  }
}

/** Writes records to a stream as newline-delimited JSON. */
export const streamSink =
  (stream: LineStream): Sink =>
  (onReady) => {
    const writeLine = openLineStream(stream, onReady)
    return (record, onFailed) => writeLine(`${JSON.stringify(record)}\n`, onFailed)
  }
