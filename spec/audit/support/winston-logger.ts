import winston from 'winston'
import type { Writable } from 'node:stream'

/** A logger of winston that writes to a stream through these formats. */
export const winstonLogger = (stream: Writable, ...formats: readonly object[]): winston.Logger => {
  const format = winston.format.combine(...(formats as unknown as winston.Logform.Format[]))
  const transport: unknown = new winston.transports.Stream({ stream })
  return winston.createLogger({ format, transports: transport as winston.transport })
}
