import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mtlsIdentity } from 'mtls-identity'
import { onEvent, type MtlsIdentityEventName } from 'mtls-identity/events'
import { EVENT_NAMES } from '../../lib/events/channels.js'
import { runNode } from '../support/example-process.js'
import { fakeRequest } from '../support/fake-request.js'

const NAME = 'mtls-identity:recognised'
const BOTH_FORMATS = `
  import { createRequire } from 'node:module'
  import { onEvent } from 'mtls-identity/events'
  const { mtlsIdentity } = createRequire(import.meta.url)('mtls-identity')
  onEvent('${NAME}', () => { console.log('Heard.') })
  await mtlsIdentity({ trust: () => true }).identify({ headers: {}, rawHeaders: [], socket: {} })`
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

  it('hears of a middleware that was loaded in the other module format', async () => {
    const { stdout } = await runNode('--input-type=module', '--eval', BOTH_FORMATS)
    expect(stdout).toBe('Heard.\n')
  })

  it('refuses a name that is no event', () => {
    expect(() => onEvent('recognised' as MtlsIdentityEventName, jest.fn())).toThrow(
      new TypeError(`There is no event 'recognised'; the events are ${EVENT_NAMES.join(', ')}`),
    )
  })
})
