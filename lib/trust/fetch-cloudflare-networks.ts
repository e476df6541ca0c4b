import { assertOptionNames, resolvePositiveInteger } from '../option-check.js'
import { parseAnswer } from './network-list.js'

export interface FetchCloudflareNetworksOptions {
  /** Ends the request. Default: none. */
  readonly signal?: AbortSignal
  /** What makes the request, such as one that goes through a proxy. Default: Node's `fetch`. */
  readonly fetch?: typeof fetch
  /** Milliseconds after which there is no answer. Default: 10000. */
  readonly timeoutMs?: number
}

const URL_OF_LIST = 'https://api.cloudflare.com/client/v4/ips'
/** The answer has 1 KB. */
const MAX_BYTES = 65_536

/**
 * Asks Cloudflare's API for its networks; needs no credentials. Rejects unless the answer is of status 200,
 * complete, and no more in all than a /8 of IPv4 and a /24 of IPv6.
 * https://developers.cloudflare.com/api/resources/ips/methods/list/
 */
export const fetchCloudflareNetworks = async (
  options: FetchCloudflareNetworksOptions = {},
): Promise<readonly string[]> => {
  assertOptionNames(options, ['signal', 'fetch', 'timeoutMs'], 'fetchCloudflareNetworks()')
  const timeoutMs = resolvePositiveInteger(options.timeoutMs, 10_000, 'timeoutMs')
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new Error("Cloudflare's API did not answer in time."))
  }, timeoutMs)
  const stopFollowing = follow(options.signal, controller)
  try {
    return await Promise.race([ask(options.fetch ?? fetch, controller.signal), end(controller.signal)])
  } finally {
    clearTimeout(timer)
    stopFollowing()
  }
}

const ask = async (send: typeof fetch, signal: AbortSignal): Promise<readonly string[]> => {
  const response = await send(URL_OF_LIST, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal,
  })
  if (response.status !== 200) throw new Error(`Cloudflare's API answered ${response.status}.`)
  return parseAnswer(await readText(response), 'the answer')
}

const readText = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new Error("Cloudflare's API answered more than a list of networks.")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Rejects when the signal aborts, also where what makes the request does not listen to it. */
const end = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = (): void => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) fail()
    signal.addEventListener('abort', fail, { once: true })
  })

/** `AbortSignal.any`, which the first releases of Node 20 do not have. */
const follow = (signal: AbortSignal | undefined, controller: AbortController): (() => void) => {
  const abort = (): void => {
    controller.abort(signal?.reason)
  }
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return () => {
    signal?.removeEventListener('abort', abort)
  }
}
