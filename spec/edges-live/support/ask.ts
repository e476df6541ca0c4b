import type { Client, RequestOptions } from '../../testing/support/clients.js'
import type { Finding } from './oracle-origin.js'

/** Sends a request and reads what the origin found. Rejects if it was not the origin that answered. */
export const ask = async (client: Client, options?: RequestOptions): Promise<Finding> => {
  const { status, body } = await client.send(options)
  if (status !== 200) throw new Error(`The answer was ${status}: ${body.slice(0, 200)}`)
  return JSON.parse(body) as Finding
}
