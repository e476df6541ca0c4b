import fc from 'fast-check'

/** How the edge of one simulation behaves. */
export interface EdgeTraits {
  /** Whether the edge shares origin connections among clients, or gives each client connection its own. */
  readonly pooling: 'pooled' | 'one-to-one'
  /** How many origin connections it keeps open where they are pooled. */
  readonly poolSize: number
  /** What it speaks to the origin: one socket for each connection, or one session. */
  readonly protocol: 'http1' | 'http2'
  /** On which requests of a client connection it forwards the certificate. */
  readonly forwardsCertificate: 'on the first request' | 'on every request'
  /** On which requests it sends `Cf-Client-Cert-Sha256`. */
  readonly forwardsSha256: 'with the certificate' | 'on every request'
  /** Whether the Managed Transform "Add TLS client auth headers" is on. */
  readonly transform: boolean
  /** Whether it sends an id of the client connection, in the place of a client's own. */
  readonly connectionId: boolean
  /** Whether it sends the client's address, in the place of a client's own. */
  readonly clientAddress: boolean
  /** Whether it takes away a client's own `Cf-Client-Cert-*`. */
  readonly strips: boolean
  /** Whether it refuses clients whose certificate it could not verify. */
  readonly refusesUnverified: boolean
  /** Whether a client may show another certificate on the same connection. */
  readonly renegotiates: boolean
  /** Whether it serves one host, or several, of which one asks for no certificate. */
  readonly hosts: 'one' | 'several'
}

/** What the middleware is told about the edge. */
export interface Declarations {
  readonly clientAuthHeaders: boolean
  readonly sha256OnEveryRequest: boolean
  readonly enforced: boolean
  readonly continuity: 'default' | 'connectionId' | 'exclusiveOriginConnections'
}

/** The surroundings of one simulation. */
export interface World {
  readonly edge: EdgeTraits
  readonly declared: Declarations
  /** Whether clients add fields that are meant to look like the edge's. */
  readonly clients: 'honest' | 'forging'
  /** Whether requests overtake each other, get lost, and are sent again. */
  readonly network: 'orderly' | 'disorderly'
  /** Whether the middleware may have to forget. */
  readonly caches: 'large' | 'small'
  /** Whether the wall clock jumps now and then. */
  readonly wallClock: 'steady' | 'jumps'
}

export const CONNECTION_ID_FIELD = 'X-Connection-Id'

export const speaksOnEveryRequest = ({ clientAuthHeaders, sha256OnEveryRequest }: Declarations): boolean =>
  clientAuthHeaders || sha256OnEveryRequest

export const isInferring = (declared: Declarations): boolean =>
  declared.continuity === 'default' && !speaksOnEveryRequest(declared)

/** Whether all that is declared is true of this edge. Only such a world binds the middleware to be right. */
export const isDeclaredTruly = ({ edge, declared }: World): boolean =>
  (!declared.clientAuthHeaders || edge.transform) &&
  (!declared.sha256OnEveryRequest || (edge.forwardsSha256 === 'on every request' && edge.strips)) &&
  (!declared.enforced || (edge.strips && edge.refusesUnverified)) &&
  (declared.continuity !== 'connectionId' || edge.connectionId) &&
  (declared.continuity !== 'exclusiveOriginConnections' || edge.pooling === 'one-to-one')

/** Whether all that the edge sends arrives in order, is accepted, and is remembered. */
export const isUndisturbed = ({ clients, network, caches, wallClock }: World): boolean =>
  clients === 'honest' && network === 'orderly' && caches === 'large' && wallClock === 'steady'

/** The same edge, set up as it is declared. Whether it pools is not a matter of setting it up. */
const keep = (edge: EdgeTraits, declared: Declarations): EdgeTraits => ({
  ...edge,
  transform: edge.transform || declared.clientAuthHeaders,
  forwardsSha256: declared.sha256OnEveryRequest ? 'on every request' : edge.forwardsSha256,
  strips: edge.strips || declared.sha256OnEveryRequest || declared.enforced,
  refusesUnverified: edge.refusesUnverified || declared.enforced,
  connectionId: edge.connectionId || declared.continuity === 'connectionId',
})

const NOTHING = { clientAuthHeaders: false, sha256OnEveryRequest: false, continuity: 'default' } as const

const evidence: fc.Arbitrary<Omit<Declarations, 'enforced'>> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom<Omit<Declarations, 'enforced'>>(
      NOTHING,
      { ...NOTHING, continuity: 'connectionId' },
      { ...NOTHING, continuity: 'exclusiveOriginConnections' },
      { ...NOTHING, clientAuthHeaders: true },
      { ...NOTHING, sha256OnEveryRequest: true },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      clientAuthHeaders: fc.boolean(),
      sha256OnEveryRequest: fc.boolean(),
      continuity: fc.constantFrom('default', 'connectionId', 'exclusiveOriginConnections'),
    }),
  },
)

const declarations: fc.Arbitrary<Declarations> = fc
  .record({ evidence, enforced: fc.boolean() })
  .map(({ evidence: declared, enforced }) => ({ ...declared, enforced }))

const anyEdge: fc.Arbitrary<EdgeTraits> = fc.record({
  pooling: fc.constantFrom('pooled', 'one-to-one'),
  poolSize: fc.integer({ min: 1, max: 4 }),
  protocol: fc.constantFrom('http1', 'http2'),
  forwardsCertificate: fc.constantFrom('on the first request', 'on every request'),
  forwardsSha256: fc.constantFrom('with the certificate', 'on every request'),
  transform: fc.boolean(),
  connectionId: fc.boolean(),
  clientAddress: fc.boolean(),
  strips: fc.boolean(),
  refusesUnverified: fc.boolean(),
  renegotiates: fc.boolean(),
  hosts: fc.constantFrom('one', 'several'),
})

/** An edge that says little, so that it takes longer until something contradicts what is inferred. */
const quietEdge: fc.Arbitrary<EdgeTraits> = anyEdge.map((edge) => ({
  ...edge,
  forwardsCertificate: 'on the first request',
  forwardsSha256: 'with the certificate',
  transform: false,
  renegotiates: false,
}))

/** Worlds in which everything declared is true, but for exclusive origin connections that are pooled. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    edge: fc.oneof(anyEdge, quietEdge),
    declared: declarations,
    clients: fc.constantFrom('honest', 'forging'),
    network: fc.constantFrom('orderly', 'disorderly'),
    // Where certificates are forgotten they are parsed again and again, which is slow.
    caches: fc.oneof(
      { weight: 5, arbitrary: fc.constant('large' as const) },
      { weight: 1, arbitrary: fc.constant('small' as const) },
    ),
    wallClock: fc.constantFrom('steady', 'jumps'),
  })
  .map((world) => ({ ...world, edge: keep(world.edge, world.declared) }))
