import { onEvent, type MtlsIdentityEventName } from 'mtls-identity/events'

/** An event: the name of its channel without the prefix, and what its subscribers are given. */
export type Heard = readonly [name: string, event: unknown]

const stops: (() => void)[] = []

/** What is published on these channels from now on, in order, until the spec ends. */
export const hear = (...names: MtlsIdentityEventName[]): Heard[] => {
  const heard: Heard[] = []
  for (const name of names)
    stops.push(onEvent(name, (event) => heard.push([name.split(':')[1] ?? '', event])))
  return heard
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})
