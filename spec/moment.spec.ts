import { Moment } from '../lib/moment.js'
import { TestClock } from './support/test-clock.js'

const HOUR_MS = 3_600_000

describe('Moment', () => {
  let clock: TestClock
  let moment: Moment

  beforeEach(() => {
    clock = new TestClock()
    moment = new Moment(clock)
    moment.begin()
  })

  it('has both times of its beginning, until another begins', () => {
    const [wallMs, monotonicMs] = [clock.now(), clock.monotonicMs()]
    clock.advance(500)
    expect([moment.now(), moment.monotonicMs()]).toEqual([wallMs, monotonicMs])
    moment.begin()
    expect([moment.now(), moment.monotonicMs()]).toEqual([wallMs + 500, monotonicMs + 500])
  })

  it('takes one look at the clock while that goes on', () => {
    const [now, monotonicMs] = [jest.spyOn(clock, 'now'), jest.spyOn(clock, 'monotonicMs')]
    clock.advance(1_000)
    moment.begin()
    expect([now.mock.calls.length, monotonicMs.mock.calls.length]).toEqual([1, 0])
  })

  it.each([
    ['back', -HOUR_MS],
    ['back by a moment', -1],
    ['forward', HOUR_MS],
  ])('has a monotonic time that does not follow a clock that is set %s', (_what, stepMs) => {
    const monotonicMs = moment.monotonicMs()
    clock.stepWallClock(stepMs)
    moment.begin()
    expect([moment.now(), moment.monotonicMs()]).toEqual([clock.now(), monotonicMs])
    clock.advance(700)
    moment.begin()
    expect([moment.now(), moment.monotonicMs()]).toEqual([clock.now(), monotonicMs + 700])
  })

  it('counts the time in which nobody asked', () => {
    const monotonicMs = moment.monotonicMs()
    clock.advance(HOUR_MS)
    moment.begin()
    expect(moment.monotonicMs()).toBe(monotonicMs + HOUR_MS)
  })
})
