import type { IncomingMessage } from 'node:http'
import { fakeRequest, type FakeRequestOptions } from '../../support/fake-request.js'

/** A request as Node hands it on: what comes on several lines is joined. */
export const edgeRequest = (options: FakeRequestOptions): IncomingMessage => {
  const req = fakeRequest(options)
  const joined = new Map<string, string[]>()
  for (const [name, value] of options.fields ?? []) {
    joined.set(name.toLowerCase(), [...(joined.get(name.toLowerCase()) ?? []), value])
  }
  for (const [name, values] of joined) req.headers[name] = values.join(', ')
  return req
}
