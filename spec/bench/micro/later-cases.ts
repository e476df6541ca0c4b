import { cloudflare } from '../../../lib/edges/index.js'
import { connectionId, mtlsIdentity } from '../../../lib/index.js'
import type { MtlsIdentityMiddleware } from '../../../lib/middleware.js'
import type { BenchCase, CaseTable, Ratio } from './bench-case.js'
import { createForge } from './certificates.js'
import { handle, handling } from './middleware.js'
import { floor, parsePerRequest } from './references.js'
import type { Subject } from './subject.js'
import * as traffic from './traffic.js'
import type { Client, TrafficOptions } from './traffic.js'
import type { FieldLines } from './wire.js'

const RUNS = 20

interface LaterRequests {
  readonly evidence: 'thumbprint' | 'connection'
  readonly middleware: MtlsIdentityMiddleware
  /** What a client's first request carries besides the certificate. */
  readonly first: (client: Client) => FieldLines
  readonly later: Readonly<Record<string, [lines: (client: Client) => FieldLines, options: TrafficOptions]>>
}

/** A middleware that has seen the certificates, and requests by which it recognises the clients. */
const createSubjects = (
  clients: readonly Client[],
  { evidence, middleware, first, later }: LaterRequests,
): [name: string, subject: Subject][] => {
  const opening = (client: Client): FieldLines => [...traffic.forwarded(client), ...first(client)]
  for (const client of clients) handle(middleware, traffic.createTraffic([client], opening)())
  return Object.entries(later).map(([name, [linesOf, options]]) => {
    const prepare = traffic.createTraffic(clients, linesOf, options)
    return [name, handling(middleware, prepare, { runs: RUNS, evidence })]
  })
}

const ratiosOf = (of: string): Ratio[] => [
  { of, to: of.endsWith(NOT_BUILT) ? `floor${NOT_BUILT}` : 'floor', limit: { atMost: 0.5 }, aim: '0.2' },
  { of: 'parse per request', to: of, limit: { atLeast: 400 }, aim: '1,500' },
]

const NOT_BUILT = ', headers not built'

const createCase = (requests: LaterRequests): BenchCase => {
  const clients = traffic.createClients(createForge('P-256'))
  const certificates = traffic.createTraffic(clients, traffic.forwarded)
  const unread = traffic.createTraffic(clients, traffic.forwarded, { headers: 'not built' })
  const subjects = createSubjects(clients, requests)
  return {
    subjects: new Map([
      ['floor', floor(certificates)],
      [`floor${NOT_BUILT}`, floor(unread)],
      ['parse per request', parsePerRequest(certificates)],
      ...subjects,
    ]),
    ratios: subjects.flatMap(([subject]) => ratiosOf(subject)),
  }
}

const { transformed, transformedInFull, identified } = traffic

/** Later requests of clients whose certificates are known. */
export const LATER_CASES: CaseTable = {
  thumbprint: () =>
    createCase({
      evidence: 'thumbprint',
      middleware: mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }) }),
      first: transformed,
      later: {
        'by thumbprint': [transformed, {}],
        [`by thumbprint${NOT_BUILT}`]: [transformed, { headers: 'not built' }],
        'by thumbprint, all fields': [transformedInFull, {}],
        'by thumbprint, own connection': [transformed, { connections: 'own' }],
        'by thumbprint, node:http': [transformed, { through: 'node:http' }],
      },
    }),
  connection: () =>
    createCase({
      evidence: 'connection',
      middleware: mtlsIdentity({ edge: cloudflare({ enforced: true }), continuity: connectionId('X-Id') }),
      first: identified,
      later: {
        'by connection id': [identified, {}],
        [`by connection id${NOT_BUILT}`]: [identified, { headers: 'not built' }],
        'by connection id, own connection': [identified, { connections: 'own' }],
        'by connection id, node:http': [identified, { through: 'node:http' }],
      },
    }),
}
