import fc from 'fast-check'
import type { Order } from './network.js'
import { FORGERIES, type Forgery } from './forgery.js'

type Protocol = 'http1' | 'http2'
export type Arrival = Order | 'later'

/**
 * What may happen next. Numbers choose among what there is (a connection, a request on its way), counted
 * round, so that every step means something wherever it stands and a failing sequence can be cut down.
 */
export type Step =
  | { readonly do: 'connect'; readonly client: number; readonly protocol: Protocol; readonly address: number }
  | {
      readonly do: 'reconnect'
      readonly connection: number
      readonly protocol: Protocol
      readonly address: number
    }
  | {
      /** A client sends so many requests at once (one, over HTTP/1.1), and they arrive as it says. */
      readonly do: 'ask'
      readonly connection: number
      readonly host: number
      readonly streams: number
      readonly via: number
      readonly arrival: Arrival
      readonly forgery: Forgery
      readonly victim: number
    }
  | { readonly do: 'arrive'; readonly which: number; readonly count: number; readonly order: Order }
  | { readonly do: 'lose'; readonly which: number }
  | { readonly do: 'retry'; readonly which: number; readonly via: number }
  | { readonly do: 'close the origin connection'; readonly connection: number; readonly via: number }
  | { readonly do: 'renew'; readonly connection: number; readonly on: 'the same connection' | 'a new one' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'set the wall clock off'; readonly hours: number }
  | { readonly do: 'revoke'; readonly connection: number }
  | { readonly do: 'go past the edge'; readonly victim: number }

export type StepOf<Do extends Step['do']> = Extract<Step, { readonly do: Do }>

const some = fc.nat({ max: 29 })
/** A few clients ask most of the time. */
const busy = fc.oneof(fc.nat({ max: 3 }), some)
const protocol = fc.constantFrom<Protocol>('http2', 'http1')

const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({
  weight,
  arbitrary,
})

const forgeries = fc.oneof(
  weighted(9, fc.constant<Forgery>('nothing')),
  weighted(1, fc.constantFrom(...FORGERIES)),
)

const arrivals = fc.oneof(
  weighted(4, fc.constant<Arrival>('in order')),
  weighted(2, fc.constantFrom<Arrival>('reversed', 'at once', 'later')),
)

const ask = fc.record({
  do: fc.constant('ask' as const),
  connection: busy,
  host: fc.oneof(weighted(6, fc.constant(0)), weighted(2, fc.constantFrom(1, 2))),
  streams: fc.oneof(weighted(2, fc.constant(1)), weighted(1, fc.integer({ min: 2, max: 6 }))),
  via: fc.nat({ max: 11 }),
  arrival: arrivals,
  forgery: forgeries,
  victim: some,
})

const arrive = fc.record({
  do: fc.constant('arrive' as const),
  which: some,
  count: fc.integer({ min: 1, max: 6 }),
  order: fc.constantFrom<Order>('in order', 'at once', 'reversed'),
})

/** Shorter and longer than what the middleware waits for a certificate, and remembers a connection. */
const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 10, 60, 1_000, 61_000) })

const clock = fc.record({
  do: fc.constant('set the wall clock off' as const),
  hours: fc.oneof(weighted(3, fc.constant(0)), weighted(2, fc.constantFrom(-1_000, -2, 2, 1_000))),
})

const rare: fc.Arbitrary<Step> = fc.oneof(
  weighted(3, clock),
  weighted(
    4,
    fc.record({ do: fc.constant('connect' as const), client: some, protocol, address: fc.nat({ max: 2 }) }),
  ),
  weighted(
    6,
    fc.record({
      do: fc.constant('reconnect' as const),
      connection: some,
      protocol,
      address: fc.nat({ max: 2 }),
    }),
  ),
  weighted(
    4,
    fc.record({
      do: fc.constant('close the origin connection' as const),
      connection: some,
      via: fc.nat({ max: 11 }),
    }),
  ),
  weighted(
    4,
    fc.record({
      do: fc.constant('renew' as const),
      connection: some,
      on: fc.constantFrom('the same connection' as const, 'a new one' as const),
    }),
  ),
  weighted(1, fc.record({ do: fc.constant('revoke' as const), connection: some })),
  weighted(2, fc.record({ do: fc.constant('go past the edge' as const), victim: some })),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(60, ask),
  weighted(12, arrive),
  weighted(3, fc.record({ do: fc.constant('lose' as const), which: some })),
  weighted(6, fc.record({ do: fc.constant('retry' as const), which: some, via: fc.nat({ max: 11 }) })),
  weighted(6, wait),
  weighted(10, rare),
)

const MAX_FEW = 40

/**
 * Sequences of up to so many steps. Half of them are short: what holds only until the first proof of
 * pooling is seen at the beginning, what is remembered for long and forgotten, later.
 */
export const stepsUpTo = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.oneof(
    fc.array(step, { maxLength: Math.min(MAX_FEW, maxLength), size: 'max' }),
    fc.array(step, { maxLength, size: 'max' }),
  )
