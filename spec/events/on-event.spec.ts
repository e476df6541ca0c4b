import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mtlsIdentity } from 'mtls-identity'
import { onEvent, type MtlsIdentityEventName } from 'mtls-identity/events'
import { EVENT_NAMES } from '../../lib/events/channels.js'
import { fakeRequest } from '../support/fake-request.js'

const NAME = 'mtls-identity:recognised'
const identify = (): Promise<unknown> => mtlsIdentity({ trust: 'loopback' }).identify(fakeRequest())

describe('onEvent()', () => {
  it('calls the listener until it is told to end', async () => {
    const listener = jest.fn()
    const stop = onEvent(NAME, listener)
    await identify()
    stop()
    await identify()
    expect(listener).toHaveBeenCalledTimes(1)
    expect(channel(NAME).hasSubscribers).toBe(false)
  })

  it('listens to the same channel as node:diagnostics_channel', async () => {
    const [listener, onMessage] = [jest.fn(), jest.fn()]
    const stop = onEvent(NAME, listener)
    subscribe(NAME, onMessage)
    await identify()
    stop()
    unsubscribe(NAME, onMessage)
    expect(onMessage.mock.calls).toEqual([[...(listener.mock.calls[0] as unknown[]), NAME]])
  })

  it('ends the one that it began, though the listener is the same', async () => {
    const listener = jest.fn()
    const [first, second] = [onEvent(NAME, listener), onEvent(NAME, listener)]
    first()
    first()
    await identify()
    second()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('refuses a name that is no event', () => {
    expect(() => onEvent('recognised' as MtlsIdentityEventName, jest.fn())).toThrow(
      new TypeError(`There is no event 'recognised'; the events are ${EVENT_NAMES.join(', ')}`),
    )
  })
})
