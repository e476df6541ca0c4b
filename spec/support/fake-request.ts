import type { IncomingMessage } from 'node:http'
import type { FieldLines } from './raw-client.js'

export interface FakeRequestOptions {
  readonly fields?: FieldLines
  readonly socket?: object
  readonly host?: string
}

/** The least of a request that the middleware asks for, for specs in which no socket matters. */
export const fakeRequest = ({
  fields = [],
  socket = loopbackSocket(),
  host = 'origin.test',
}: FakeRequestOptions = {}): IncomingMessage => {
  const lines: FieldLines = [['Host', host], ...fields]
  const headers = Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), value]))
  return { headers, rawHeaders: lines.flat(), socket } as unknown as IncomingMessage
}

/** A socket from this machine, a new origin connection each. */
export const loopbackSocket = (remoteAddress = '127.0.0.1'): object => ({ remoteAddress })
