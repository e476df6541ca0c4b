import fc from 'fast-check'
import { prove, type Counterexample } from './model/prove.js'
import { createRealMiddleware, type CreateSubject } from './model/subject.js'
import type { Outcome } from './model/tally.js'
import { worlds, type Declarations, type EdgeTraits, type World } from './model/world.js'
import * as mutants from './mutants.js'

const SEED = Number(process.env['PROVE_SEED'] ?? 20_261_124)
const REQUESTS = 20_000

// It takes a tenth of that on a machine that does nothing else.
jest.setTimeout(120_000)

/** An edge that pools and sends each certificate once, in front of clients who forge nothing. */
const PLAIN: World = {
  edge: {
    pooling: 'pooled',
    poolSize: 2,
    protocol: 'http1',
    forwardsCertificate: 'on the first request',
    forwardsSha256: 'with the certificate',
    transform: false,
    connectionId: false,
    clientAddress: false,
    strips: true,
    refusesUnverified: true,
    renegotiates: false,
    hosts: 'several',
  },
  declared: { clientAuthHeaders: false, sha256OnEveryRequest: false, enforced: true, continuity: 'default' },
  clients: 'honest',
  network: 'orderly',
  caches: 'large',
  wallClock: 'steady',
}

const only = (
  changes: Partial<Omit<World, 'edge' | 'declared'>>,
  edge: Partial<EdgeTraits> = {},
  declared: Partial<Declarations> = {},
): fc.Arbitrary<World> =>
  fc.constant({
    ...PLAIN,
    ...changes,
    edge: { ...PLAIN.edge, ...edge },
    declared: { ...PLAIN.declared, ...declared },
  })

describe('prove', () => {
  beforeAll(() => {
    jest.spyOn(process, 'emitWarning').mockReturnValue()
  })

  afterAll(() => {
    jest.restoreAllMocks()
  })

  it('finds nothing wrong with the middleware, which gives every kind of evidence', async () => {
    const { report, counterexample } = await prove({
      createSubject: createRealMiddleware,
      seed: SEED,
      requests: REQUESTS,
    })
    expect(counterexample).toBeUndefined()
    expect(report.requests).toBeGreaterThanOrEqual(REQUESTS)
    for (const evidence of ['certificate', 'thumbprint', 'connection']) {
      expect(report.byEvidence.count(evidence, 'authorisable')).toBeGreaterThan(0)
    }
    expect(report.byEvidence.count('certificate', 'wrong, marked')).toBeGreaterThan(0)
    expect(report.byEvidence.total('wrong')).toBe(0)
  })

  it.each<[pooling: EdgeTraits['pooling'], outcome: Outcome]>([
    ['one-to-one', 'right'],
    ['pooled', 'wrong, marked'],
  ])('sees what is inferred behind an edge that is %s, which is %s', async (pooling, outcome) => {
    const { report, counterexample } = await prove({
      createSubject: createRealMiddleware,
      worlds: only({}, { pooling, hosts: 'one' }),
      seed: SEED,
      requests: 4_000,
    })
    expect(counterexample).toBeUndefined()
    expect(report.byEvidence.count('inferred', outcome)).toBeGreaterThan(0)
    expect(report.byEvidence.count('inferred', 'authorisable')).toBe(0)
  })

  const examine = async (
    createSubject: CreateSubject,
    among: fc.Arbitrary<World>,
    isShortening = true,
    seed = SEED,
  ): Promise<Counterexample> => {
    const { counterexample } = await prove({
      createSubject,
      worlds: among,
      seed,
      requests: REQUESTS,
      maxSteps: 200,
      isShortening,
    })
    if (counterexample === undefined) throw new Error(`${REQUESTS} requests, and nothing was found`)
    return counterexample
  }

  it.each(Array.from({ length: 20 }, (_, index) => SEED + 1_000 * index))(
    'catches a cache by origin socket within the first hundred requests (seed %d)',
    async (seed) => {
      const { requests, violation } = await examine(mutants.socketCache, only({}), false, seed)
      expect(violation).toBe('Violation: somebody else, with an empty list of problems')
      expect(requests).toBeLessThan(100)
    },
  )

  it('catches it among all worlds, in most of which it does no harm', async () => {
    expect((await examine(mutants.socketCache, worlds, false)).requests).toBeLessThan(10_000)
  })

  it('tells in a few lines how it happened', async () => {
    const { story } = await examine(mutants.socketCache, only({}))
    expect(story.filter((line) => line.startsWith('> ')).length).toBeLessThanOrEqual(3)
  })

  it.each<[what: string, mutant: CreateSubject, among: fc.Arbitrary<World>, violation: string]>([
    [
      'takes the port for the connection',
      mutants.portCache,
      only({}, { pooling: 'one-to-one', hosts: 'one' }, { continuity: 'exclusiveOriginConnections' }),
      'somebody else, with an empty list of problems',
    ],
    [
      'takes no notice of the host',
      mutants.hostBlind,
      only({}, { connectionId: true }, { continuity: 'connectionId' }),
      'somebody else, with an empty list of problems',
    ],
    [
      'believes what is not declared',
      mutants.credulous,
      only({ clients: 'forging' }, { strips: false }, { enforced: false }),
      'somebody else, with an empty list of problems',
    ],
    [
      'takes a certificate that nobody verified',
      mutants.credulous,
      only({}, { refusesUnverified: false }, { enforced: false }),
      'verified by nobody, with an empty list of problems',
    ],
    [
      'remembers verdicts, while certificates expire',
      mutants.verdictCache,
      only({ wallClock: 'jumps' }, { connectionId: true }, { continuity: 'connectionId' }),
      'not valid, with an empty list of problems',
    ],
    [
      'remembers verdicts, while certificates are revoked',
      mutants.verdictCache,
      only({}, { transform: true }, { clientAuthHeaders: true }),
      'said to be revoked, with an empty list of problems',
    ],
    [
      'goes on inferring on other origin connections',
      mutants.narrowMinded,
      only({}),
      'recognised by its origin connection after the first proof of pooling',
    ],
    [
      'goes on recognising by exclusive origin connections that are not',
      mutants.narrowMinded,
      only({}, {}, { continuity: 'exclusiveOriginConnections' }),
      'recognised by its origin connection after the first proof of pooling',
    ],
    ['does not mark what is inferred', mutants.unmarked, only({}), 'inferred, and not marked as such'],
    ['believes every peer', mutants.trusting, only({}), 'did not turn away a peer that is not the edge'],
    [
      'forgets certificates',
      mutants.forgetful,
      only({}, { transform: true }, { clientAuthHeaders: true }),
      'not known, though its certificate was here',
    ],
    [
      'forgets connections',
      mutants.forgetful,
      only({}, { connectionId: true }, { continuity: 'connectionId' }),
      'not known, though its certificate was here',
    ],
    [
      'waits for ever',
      mutants.patient,
      only({}, { connectionId: true }, { continuity: 'connectionId' }),
      'a request is never answered',
    ],
    [
      'refuses what it does not know',
      mutants.harsh,
      only({ network: 'disorderly' }, { transform: true }, { clientAuthHeaders: true }),
      'refused with ERR_MTLS_CERTIFICATE_UNKNOWN, though nothing was forged',
    ],
  ])('catches one that %s', async (_what, mutant, among, violation) => {
    expect((await examine(mutant, among, false)).violation).toBe(`Violation: ${violation}`)
  })
})
