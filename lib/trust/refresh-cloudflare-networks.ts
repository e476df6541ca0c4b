import type { Clock } from '../clock.js'
import { assertOptionNames, resolvePositiveInteger } from '../option-check.js'
import type { CloudflareNetworksTrust } from './cloudflare-networks.js'
import { fetchCloudflareNetworks } from './fetch-cloudflare-networks.js'

export interface RefreshOptions {
  /** Milliseconds from the end of one refresh to the next: a minute to 24 days. Default: 86400000, a day. */
  readonly everyMs?: number
  /**
   * Where the list comes from, such as `() => readCloudflareNetworks(file)`.
   * Default: `fetchCloudflareNetworks`.
   */
  readonly load?: (options: { readonly signal: AbortSignal }) => Promise<readonly string[]>
  /** Told why a refresh failed. Default: a warning by `process.emitWarning`. */
  readonly onError?: (error: unknown) => void
  /** How time passes, for tests. Default: timers that do not keep the process running. */
  readonly clock?: Pick<Clock, 'after'>
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Node takes a longer timer for one of a millisecond. */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Keeps the networks of a trust up to date: now, and again and again until the function that it returns is
 * called. A refresh that fails, or gives a list that is not one, leaves the old list in place.
 */
export const refreshCloudflareNetworks = (
  trust: Pick<CloudflareNetworksTrust, 'update'>,
  options: RefreshOptions = {},
): (() => void) => {
  assertOptionNames(options, ['everyMs', 'load', 'onError', 'clock'], 'refreshCloudflareNetworks()')
  const { load = fetchCloudflareNetworks, onError = warn, clock = UNREFERENCED } = options
  const everyMs = resolveInterval(options.everyMs)
  const controller = new AbortController()
  const { signal } = controller
  let cancel = (): void => undefined

  const refresh = async (): Promise<void> => {
    try {
      const networks = await load({ signal })
      if (!signal.aborted) trust.update(networks)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    if (!signal.aborted) cancel = clock.after(everyMs, () => void refresh())
  }
  void refresh()
  return () => {
    controller.abort()
    cancel()
  }
}

const resolveInterval = (everyMs: unknown): number => {
  const interval = resolvePositiveInteger(everyMs, DAY_MS, 'everyMs')
  if (interval >= MINUTE_MS && interval <= MAX_TIMER_MS) return interval
  throw new TypeError(`everyMs must be from ${MINUTE_MS} to ${MAX_TIMER_MS} milliseconds`)
}

const UNREFERENCED: Pick<Clock, 'after'> = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref()
    return () => {
      clearTimeout(timer)
    }
  },
}

const warn = (): void => {
  process.emitWarning(
    "Cloudflare's networks could not be refreshed; the list of before stays in place. Give onError to see why.",
    { type: 'MtlsIdentityWarning', code: 'MTLS_IDENTITY_NETWORKS_NOT_REFRESHED' },
  )
}
