import 'reflect-metadata'
import { SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509'
import { cloudflare } from '../../../lib/edges/index.js'
import { mtlsIdentity, type ClientIdentity } from '../../../lib/index.js'
import type { BenchCase, CaseTable } from './bench-case.js'
import { CERTIFICATE_KINDS, createForge, type CertificateKind } from './certificates.js'
import { handle } from './middleware.js'
import type { Subject } from './subject.js'
import { createFirstSights } from './traffic.js'

const RUNS = 10

const readCertificate = (certificate: X509Certificate): unknown[] => [
  certificate.subjectName.getField('CN'),
  certificate.issuerName.getField('CN'),
  certificate.serialNumber,
  certificate.notBefore,
  certificate.notAfter,
  certificate.getExtension(SubjectAlternativeNameExtension)?.names.items,
]

const readIdentity = (identity: ClientIdentity): unknown[] => [
  identity.subject.commonName,
  identity.issuer.commonName,
  identity.serialNumber,
  identity.notBefore,
  identity.notAfter,
  identity.subjectAltName,
]

/** Identities that were made a moment ago, of which nothing was read. */
const createIdentities = (kind: CertificateKind): (() => ClientIdentity) => {
  const middleware = mtlsIdentity({ edge: cloudflare({ enforced: true }) })
  const prepare = createFirstSights(createForge(kind))
  return () => {
    const { identity } = handle(middleware, prepare()).mtls
    if (identity === undefined) throw new Error('A certificate was not taken.')
    return identity
  }
}

const createFirstReadCase = (kind: CertificateKind): BenchCase => {
  const forge = createForge(kind)
  const prepare = createIdentities(kind)
  const subjects: [string, Subject][] = [
    [
      '@peculiar/x509 alone',
      {
        runs: RUNS,
        prepare: () => forge().der,
        run: (der: Buffer) => readCertificate(new X509Certificate(der)),
      },
    ],
    ['first read of identity', { runs: RUNS, prepare, run: readIdentity }],
    [
      'first read of clientCertificate',
      { runs: RUNS, prepare, run: (identity: ClientIdentity) => readCertificate(identity.certificate) },
    ],
  ]
  const limit = { limit: { atMost: 1.15 } }
  return {
    subjects: new Map(subjects),
    ratios: subjects
      .slice(1)
      .map(([of]) => ({ of, to: '@peculiar/x509 alone', ...(kind === 'P-256' && limit) })),
  }
}

/** The first time that somebody reads what is in a certificate. */
export const FIRST_READ_CASES: CaseTable = Object.fromEntries(
  CERTIFICATE_KINDS.map((kind) => [`first-read ${kind}`, () => createFirstReadCase(kind)]),
)
