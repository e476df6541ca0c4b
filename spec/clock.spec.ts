import { systemClock } from '../lib/clock.js'

describe('systemClock', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0) })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it('gives the wall-clock time', () => {
    expect(systemClock.now()).toBe(Date.UTC(2026, 0))
  })

  it('gives a time that does not follow the wall clock back', () => {
    const before = systemClock.monotonicMs()
    jest.setSystemTime(0)
    expect(systemClock.now()).toBe(0)
    jest.advanceTimersByTime(5)
    expect(systemClock.monotonicMs() - before).toBe(5)
  })

  it('calls back after so many milliseconds, unless that is called off', () => {
    const [called, calledOff] = [jest.fn(), jest.fn()]
    systemClock.after(10, called)
    systemClock.after(10, calledOff)()
    jest.advanceTimersByTime(9)
    expect(called).not.toHaveBeenCalled()
    jest.advanceTimersByTime(1)
    expect(called).toHaveBeenCalledTimes(1)
    expect(calledOff).not.toHaveBeenCalled()
  })
})
