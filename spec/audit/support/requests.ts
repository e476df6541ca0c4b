import type { RequestFacts } from 'mtls-identity/audit'

export const TIME = '2026-11-24T12:00:00.000Z'

/** The facts of a request that went well. */
export const REQUEST: RequestFacts = {
  timeMs: Date.parse(TIME),
  id: '7',
  method: 'GET',
  route: '/users/:id',
  url: '/users/42?full',
  status: 200,
  outcome: 'finished',
  durationMs: 1.5,
  peer: '172.16.0.1',
  clientAddress: '2001:db8::1',
}

export const ABORTED: RequestFacts = {
  ...REQUEST,
  url: undefined,
  status: undefined,
  outcome: 'aborted',
  clientAddress: 'not an address',
  peer: undefined,
}

export const LOSS = { timeMs: Date.parse(TIME), count: 3 }
