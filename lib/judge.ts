import type { CertificateIdentity } from './certificate/identity.js'
import type { Validity } from './certificate/validity.js'
import type { MtlsContext } from './context.js'
import type { EdgeStatement } from './edges/edge.js'
import type { MtlsIdentityErrorCode } from './errors.js'

/** What a request was found to be, before it is judged. */
export interface Finding {
  readonly identity: CertificateIdentity | undefined
  readonly evidence: MtlsContext['evidence']
  readonly statement: EdgeStatement
  /** What kept it from being found out. */
  readonly obstacle?: MtlsIdentityErrorCode
}

type Problems = MtlsContext['problems']

const NONE: Problems = Object.freeze([])
const UNKNOWN: Problems = Object.freeze(['ERR_MTLS_CERTIFICATE_UNKNOWN'] as const)
const UNKNOWN_AND_INFERRED: Problems = Object.freeze(['ERR_MTLS_IDENTITY_INFERRED', ...UNKNOWN])

/** The context of a request for which nothing could be found out. */
export const createEmptyContext = (problem: MtlsIdentityErrorCode): MtlsContext =>
  Object.freeze({
    identity: undefined,
    evidence: 'none',
    verifiedBy: undefined,
    problems: Object.freeze([problem]),
    asserted: Object.freeze({}),
  })

export const UNTRUSTED_PEER = createEmptyContext('ERR_MTLS_UNTRUSTED_PEER')

/** The context of a request of which this was found, judged at this time (milliseconds since 1970). */
export const judge = (finding: Finding, timeMs: number): MtlsContext => {
  const { identity, evidence, statement } = finding
  const asserted = statement.assertions
  if (identity === undefined) {
    return { identity, evidence, verifiedBy: undefined, problems: problemsOfAbsence(finding), asserted }
  }
  const problems = problemsOf(finding, identity.validityAt(timeMs))
  return { identity, evidence, verifiedBy: statement.verifiedBy, problems, asserted }
}

/** Without an identity, either the client has no certificate, or it has one that is not known here. */
const problemsOfAbsence = ({ evidence, statement, obstacle }: Finding): Problems => {
  if (obstacle !== undefined) {
    return evidence === 'inferred' ? [obstacle, 'ERR_MTLS_IDENTITY_INFERRED'] : [obstacle]
  }
  if (evidence === 'inferred') return UNKNOWN_AND_INFERRED
  const { hashes, assertions } = statement
  const hasCertificate = evidence !== 'none' || hashes.length > 0 || assertions.presented === true
  return hasCertificate ? UNKNOWN : NONE
}

const problemsOf = (
  { evidence, statement: { verifiedBy, assertions } }: Finding,
  validity: Validity,
): Problems => {
  const isSound = evidence !== 'inferred' && verifiedBy !== undefined && assertions.revoked !== true
  if (isSound && validity === 'valid') return NONE
  const problems: MtlsIdentityErrorCode[] = []
  if (evidence === 'inferred') problems.push('ERR_MTLS_IDENTITY_INFERRED')
  if (verifiedBy === undefined) problems.push('ERR_MTLS_CERTIFICATE_NOT_VERIFIED')
  if (assertions.revoked === true) problems.push('ERR_MTLS_CERTIFICATE_REVOKED')
  if (validity === 'expired') problems.push('ERR_MTLS_CERTIFICATE_EXPIRED')
  if (validity === 'not-yet-valid') problems.push('ERR_MTLS_CERTIFICATE_NOT_YET_VALID')
  return problems
}
