import { channel } from 'node:diagnostics_channel'
import { cloudflare } from 'mtls-identity/edges'
import { watchExpiry, type ExpiryOptions } from 'mtls-identity/events'
import { createCertificateAuthority, type MintedCertificate } from 'mtls-identity/testing'
import type { MtlsIdentityOptions } from 'mtls-identity'
import { createExpiryWatch } from '../../lib/events/watch-expiry.js'
import { createMiddleware, type MtlsIdentityMiddleware } from '../../lib/middleware.js'
import { forwarded } from '../support/cloudflare-fields.js'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'
import { TestClock } from '../support/test-clock.js'
import { hear } from './support/hear.js'

const DAY_MS = 86_400_000
/** Noon: a day is from midnight to midnight. */
const NOON_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2
const authority = createCertificateAuthority()

const issue = (days: number): MintedCertificate =>
  authority.issue({
    subject: { commonName: 'alice' },
    notBefore: new Date(NOON_MS - 30 * DAY_MS),
    notAfter: new Date(NOON_MS + days * DAY_MS),
  })

describe('watchExpiry()', () => {
  let clock: TestClock
  let middleware: MtlsIdentityMiddleware
  let stop: () => void = () => undefined

  const start = (options: ExpiryOptions = {}, identity: MtlsIdentityOptions = {}): void => {
    clock = new TestClock()
    clock.stepWallClock(NOON_MS - clock.now())
    middleware = createMiddleware(
      { trust: 'loopback', edge: cloudflare({ enforced: true }), ...identity },
      clock,
    )
    stop = createExpiryWatch(options, clock)
  }

  const show = (
    minted: MintedCertificate,
    socket = loopbackSocket(),
  ): ReturnType<typeof middleware.identify> =>
    middleware.identify(fakeRequest({ fields: forwarded(minted), socket }))

  afterEach(() => {
    stop()
  })

  it.each([
    ['30 days', {}, 30, 30],
    ['an hour and 29 days', {}, 29 + 1 / 24, 29],
    ['an hour', {}, 1 / 24, 0],
    ['7 days, for one who wants to know then', { withinDays: 7 }, 7, 7],
    ['minus an hour', {}, -1 / 24, -1],
  ])('tells of a certificate that expires in %s', async (_what, options, days, daysLeft) => {
    start(options)
    const heard = hear('mtls-identity:certificate-expiring')
    const context = await show(issue(days))
    expect(heard).toEqual([['certificate-expiring', { identity: context.identity, context, daysLeft }]])
    expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
  })

  it.each([
    ['later than in 30 days', {}, 30.01],
    ['later than asked for', { withinDays: 7 }, 7.01],
  ])('tells nothing of a certificate that expires %s', async (_what, options, days) => {
    start(options)
    const heard = hear('mtls-identity:certificate-expiring')
    await show(issue(days))
    expect(heard).toEqual([])
  })

  it('tells nothing of who has no certificate', async () => {
    start()
    const heard = hear('mtls-identity:certificate-expiring')
    await middleware.identify(fakeRequest())
    expect(heard).toEqual([])
  })

  it('tells of each certificate once a day (UTC)', async () => {
    start()
    const heard = hear('mtls-identity:certificate-expiring')
    const [first, second] = [issue(5), issue(6)]
    for (const hours of [11.9, 0.2, 0]) {
      for (const minted of [first, second, first]) await show(minted)
      clock.advance(hours * 3_600_000)
    }
    expect(heard.map(([, event]) => (event as { daysLeft: number }).daysLeft)).toEqual([5, 6, 4, 5])
  })

  it('tells of it again when the cache has forgotten it', async () => {
    start({}, { cache: { maxCertificates: 1 } })
    const heard = hear('mtls-identity:certificate-expiring')
    const [first, second] = [issue(5), issue(50)]
    for (const minted of [first, second, first]) await show(minted)
    expect(heard).toHaveLength(2)
  })

  it('tells nothing by inference', async () => {
    start({}, { edge: cloudflare() })
    const [minted, socket] = [issue(30.1), loopbackSocket()]
    const heard = hear('mtls-identity:certificate-expiring')
    await show(minted, socket)
    clock.advance(DAY_MS)
    const { evidence } = await middleware.identify(fakeRequest({ socket }))
    expect([evidence, heard]).toEqual(['inferred', []])
  })

  it('tells nothing any more when it is told to end', async () => {
    start()
    const heard = hear('mtls-identity:certificate-expiring')
    stop()
    await show(issue(1))
    expect(heard).toEqual([])
    expect(channel('mtls-identity:recognised').hasSubscribers).toBe(false)
  })

  it("goes by the system's clock", async () => {
    start()
    stop()
    stop = watchExpiry()
    const heard = hear('mtls-identity:certificate-expiring')
    await show(issue(10))
    expect(heard).toHaveLength(1)
  })

  it.each<[what: string, options: unknown, message: string]>([
    ['an unknown option', { days: 7 }, "watchExpiry() has no option 'days'; its options are withinDays"],
    ['no time at all', { withinDays: 0 }, 'withinDays must be a positive whole number'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => watchExpiry(options as ExpiryOptions)).toThrow(new TypeError(message))
  })
})
