import { setImmediate } from 'node:timers/promises'
import { cloudflareNetworks, refreshCloudflareNetworks, type RefreshOptions } from 'mtls-identity/trust'
import { TestClock } from '../support/test-clock.js'

const DAY_MS = 86_400_000
const OLD = ['192.0.2.0/24']
const NEW = ['203.0.113.0/24']

describe('refreshCloudflareNetworks', () => {
  const clock = new TestClock()
  const onError = jest.fn()
  let stop = (): void => undefined

  const start = (
    load: NonNullable<RefreshOptions['load']>,
    options: RefreshOptions = {},
  ): ReturnType<typeof cloudflareNetworks> => {
    const trust = cloudflareNetworks({ networks: OLD })
    stop = refreshCloudflareNetworks(trust, { clock, onError, load, ...options })
    return trust
  }

  beforeEach(() => {
    onError.mockClear()
  })
  afterEach(() => {
    stop()
    expect(clock.timers).toBe(0)
    jest.restoreAllMocks()
  })

  it('refreshes now, and each time that the interval has passed', async () => {
    const load = jest.fn().mockResolvedValueOnce(OLD).mockResolvedValueOnce(NEW)
    const trust = start(load)
    await setImmediate()
    expect([load.mock.calls.length, trust.networks]).toEqual([1, OLD])
    clock.advance(DAY_MS - 1)
    await setImmediate()
    expect(load).toHaveBeenCalledTimes(1)
    clock.advance(1)
    await setImmediate()
    expect([load.mock.calls.length, trust.networks]).toEqual([2, NEW])
  })

  it.each<[what: string, load: () => Promise<readonly string[]>]>([
    ['fails', () => Promise.reject(new Error('offline'))],
    ['gives everybody', () => Promise.resolve(['0.0.0.0/0'])],
    ['gives nothing', () => Promise.resolve([])],
  ])('keeps the old list when a refresh %s, says so, and goes on', async (_what, load) => {
    const calls = jest.fn(load)
    const trust = start(calls, { everyMs: 60_000 })
    await setImmediate()
    expect([onError.mock.calls.length, trust.networks]).toEqual([1, OLD])
    calls.mockResolvedValueOnce(NEW)
    clock.advance(60_000)
    await setImmediate()
    expect([onError.mock.calls.length, trust.networks]).toEqual([1, NEW])
  })

  it('warns of a failure where nobody else is told', async () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const trust = cloudflareNetworks()
    stop = refreshCloudflareNetworks(trust, { clock, load: () => Promise.reject(new Error('<secret>')) })
    await setImmediate()
    expect(emitWarning.mock.calls).toEqual([
      [expect.stringContaining('stays in place'), expect.objectContaining({ type: 'MtlsIdentityWarning' })],
    ])
  })

  it('does not run twice at a time', async () => {
    const load = jest.fn(() => new Promise<never>(() => undefined))
    start(load)
    clock.advance(10 * DAY_MS)
    await setImmediate()
    expect([load.mock.calls.length, clock.timers]).toEqual([1, 0])
  })

  it('stops at once, also while it loads', async () => {
    const signals: AbortSignal[] = []
    let finish: (networks: readonly string[]) => void = () => undefined
    const trust = start(({ signal }) => {
      signals.push(signal)
      return new Promise((resolve) => (finish = resolve))
    })
    stop()
    finish(NEW)
    await setImmediate()
    expect([signals.map(({ aborted }) => aborted), trust.networks, clock.timers]).toEqual([[true], OLD, 0])
  })

  it('says nothing of a refresh that failed because it was stopped', async () => {
    start(() => Promise.reject(new Error('aborted')))
    stop()
    await setImmediate()
    expect(onError).not.toHaveBeenCalled()
  })

  it("asks Cloudflare's API by default, and keeps no process running", async () => {
    const fetchSpy = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('offline'))
    const unref = jest.spyOn(Object.getPrototypeOf(setTimeout(() => undefined, 1)) as NodeJS.Timeout, 'unref')
    const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue()
    stop = refreshCloudflareNetworks(cloudflareNetworks())
    await setImmediate()
    expect(fetchSpy.mock.calls[0]?.[0]).toBe('https://api.cloudflare.com/client/v4/ips')
    expect(emitWarning).toHaveBeenCalledTimes(1)
    expect(unref).toHaveBeenCalledTimes(1)
  })

  it('comes back by itself on a real timer', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] })
    const load = jest.fn(() => Promise.resolve(NEW))
    stop = refreshCloudflareNetworks(cloudflareNetworks(), { load, everyMs: 60_000 })
    await setImmediate()
    await jest.advanceTimersByTimeAsync(60_000)
    expect(load).toHaveBeenCalledTimes(2)
    stop()
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  it.each<[what: string, options: object, named: string]>([
    ['seconds for milliseconds', { everyMs: 86_400 - 60_000 }, 'everyMs'],
    ['more than a timer can', { everyMs: 2 ** 31 }, 'everyMs'],
    ['no number', { everyMs: '1 day' }, 'everyMs'],
    ['another option', { interval: DAY_MS }, "'interval'"],
  ])('does not take %s', (_what, options, named) => {
    const make = (): unknown => refreshCloudflareNetworks(cloudflareNetworks(), options)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(named)
  })
})
