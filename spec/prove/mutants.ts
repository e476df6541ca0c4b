import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../lib/clock.js'
import { originConnection } from '../../lib/origin-connection.js'
import { createRealMiddleware, type CreateSubject, type Finding, type Subject } from './model/subject.js'
import type { World } from './model/world.js'

/** The real middleware, made in another world than the one it is in. */
const deceived =
  (deceive: (world: World) => World): CreateSubject =>
  (world, clock) =>
    createRealMiddleware(deceive(world), clock)

/** The real middleware, on requests that were changed before it sees them. */
const misreading =
  (misread: (req: IncomingMessage) => IncomingMessage): CreateSubject =>
  (world, clock) => {
    const real = createRealMiddleware(world, clock)
    return { identify: (req) => real.identify(misread(req)) }
  }

/** The real middleware, whose answers are changed. */
const misquoting =
  (createMisquote: () => (finding: Finding, req: IncomingMessage) => Finding): CreateSubject =>
  (world, clock) => {
    const real = createRealMiddleware(world, clock)
    const misquote = createMisquote()
    return { identify: async (req) => misquote(await real.identify(req), req) }
  }

/** What this project is there to prevent: the certificate is remembered for the origin's socket. */
export const socketCache = misquoting(() => {
  const remembered = new WeakMap<object, Finding>()
  return (finding, req) => {
    const connection = originConnection(req)
    if (finding.evidence === 'certificate') remembered.set(connection, finding)
    return remembered.get(connection) ?? finding
  }
})

/** Takes connections from the same port for the same, though one comes after the other. */
export const portCache: CreateSubject = (world, clock) => {
  const sockets = new Map<unknown, object>()
  const misread = misreading((req) => {
    const { remotePort } = req.socket
    const socket = sockets.get(remotePort) ?? req.socket
    sockets.set(remotePort, socket)
    return Object.assign(req, { socket })
  })
  return misread(world, clock)
}

/** Takes what a client has shown to one host for shown to every host. */
export const hostBlind = misreading((req) =>
  Object.assign(req, { headers: { ...req.headers, host: 'every.test' } }),
)

/** Learns nothing about one origin connection from another. */
export const narrowMinded: CreateSubject = (world, clock) => {
  const middlewares = new WeakMap<object, Subject>()
  const onConnection = (connection: object): Subject => {
    const middleware = middlewares.get(connection) ?? createRealMiddleware(world, clock)
    middlewares.set(connection, middleware)
    return middleware
  }
  return { identify: (req) => onConnection(originConnection(req)).identify(req) }
}

/** Passes off a guess as a fact. */
export const unmarked = misquoting(() => (finding) => ({
  ...finding,
  problems: finding.problems.filter((problem) => problem !== 'ERR_MTLS_IDENTITY_INFERRED'),
}))

/** Remembers verdicts, not facts. */
export const verdictCache = misquoting(() => {
  const verdicts = new Map<string, Finding>()
  return (finding) => {
    if (finding.identity === undefined) return finding
    const verdict = verdicts.get(finding.identity.thumbprint) ?? finding
    verdicts.set(finding.identity.thumbprint, verdict)
    return verdict
  }
})

/** Believes of the edge what nobody has declared. */
export const credulous = deceived((world) => ({
  ...world,
  declared: { ...world.declared, enforced: true, sha256OnEveryRequest: true },
}))

/** Believes every peer. */
export const trusting = misreading((req) => Object.assign(req, { socket: { remoteAddress: '127.0.0.1' } }))

/** Knows nothing of any request but the one before it. */
export const forgetful: CreateSubject = (world, clock) => ({
  identify: (req) => createRealMiddleware(world, clock).identify(req),
})

/** Waits for a certificate for ever. */
export const patient: CreateSubject = (world, clock) => createRealMiddleware(world, withoutTimers(clock))

const withoutTimers = (clock: Clock): Clock => ({
  now: () => clock.now(),
  monotonicMs: () => clock.monotonicMs(),
  after: () => () => undefined,
})

/** Refuses where it should say that it does not know. */
export const harsh = misquoting(() => (finding) => {
  if (!finding.problems.includes('ERR_MTLS_CERTIFICATE_UNKNOWN')) return finding
  throw Object.assign(new Error('harsh'), { code: 'ERR_MTLS_CERTIFICATE_UNKNOWN' })
})
