import { cloudflare } from '../../../lib/edges/index.js'
import { mtlsIdentity } from '../../../lib/index.js'
import type { MtlsIdentityMiddleware } from '../../../lib/middleware.js'
import type { BenchCase, CaseTable } from './bench-case.js'
import { CERTIFICATE_KINDS, createForge, type CertificateKind } from './certificates.js'
import { handling } from './middleware.js'
import { floor, floorAndOpenSsl, parsePerRequest } from './references.js'
import { createClients, createFirstSights, createTraffic, forwarded } from './traffic.js'

/** An edge that sends the certificate with every request. */
const createMiddleware = (): MtlsIdentityMiddleware =>
  mtlsIdentity({ edge: cloudflare({ enforced: true, sha256OnEveryRequest: true }) })

const AGAIN = { runs: 100, evidence: 'certificate' } as const
const FIRST = { runs: 20, evidence: 'certificate' } as const

const createAgainCase = (kind: CertificateKind): BenchCase => {
  const clients = createClients(createForge(kind))
  const middleware = createMiddleware()
  const atMost = kind === '10 KB' ? 1.3 : 1.5
  const pooled = createTraffic(clients, forwarded)
  const own = createTraffic(clients, forwarded, { connections: 'own' })
  return {
    subjects: new Map([
      ['floor', floor(pooled)],
      ['parse per request', parsePerRequest(pooled)],
      ['certificate again', handling(middleware, pooled, AGAIN)],
      ['certificate again, own connection', handling(middleware, own, AGAIN)],
    ]),
    ratios: [
      { of: 'certificate again', to: 'floor', limit: { atMost } },
      { of: 'certificate again, own connection', to: 'floor', limit: { atMost } },
      {
        of: 'parse per request',
        to: 'certificate again',
        ...(kind === 'P-256' && { limit: { atLeast: 100 } }),
      },
    ],
  }
}

const createFirstSightCase = (kind: CertificateKind): BenchCase => {
  const prepare = createFirstSights(createForge(kind))
  return {
    subjects: new Map([
      ['floor + X509Certificate', floorAndOpenSsl(prepare)],
      ['first sight', handling(createMiddleware(), prepare, FIRST)],
    ]),
    ratios: [
      {
        of: 'first sight',
        to: 'floor + X509Certificate',
        ...(kind === 'P-256' && { limit: { atMost: 1.2 } }),
      },
    ],
  }
}

const tableOf = (name: string, create: (kind: CertificateKind) => BenchCase): CaseTable =>
  Object.fromEntries(CERTIFICATE_KINDS.map((kind) => [`${name} ${kind}`, () => create(kind)]))

/** Requests that carry a certificate: known, or seen for the first time and not read. */
export const CERTIFICATE_CASES: CaseTable = {
  ...tableOf('again', createAgainCase),
  ...tableOf('first-sight', createFirstSightCase),
}
