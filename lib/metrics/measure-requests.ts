import type { Evidence, MtlsContext } from '../context.js'
import type { MtlsIdentityErrorCode } from '../errors.js'
import { onEvent } from '../events/on-event.js'
import type { Measure } from './instruments.js'
import type { Outcome } from './label-values.js'

/** Counts every request once by its outcome, and its problems. Returns what ends it. */
export const measureRequests = (measure: Measure): (() => void)[] => {
  const count = (evidence: Evidence, outcome: Outcome, problems: readonly MtlsIdentityErrorCode[]): void => {
    measure('requests', 1, { evidence, outcome })
    for (const problem of problems) measure('problems', 1, { evidence, problem })
  }
  return [
    onEvent('mtls-identity:recognised', ({ context }) => {
      count(context.evidence, outcomeOf(context), context.problems)
    }),
    onEvent('mtls-identity:refused', ({ code }) => {
      count('none', 'refused', [code])
    }),
    onEvent('mtls-identity:untrusted-peer', () => {
      count('none', 'untrusted_peer', ['ERR_MTLS_UNTRUSTED_PEER'])
    }),
    onEvent('mtls-identity:denied', ({ code }) => {
      measure('denials', 1, { code })
    }),
    onEvent('mtls-identity:pooling-proven', () => {
      measure('poolingProofs', 1, {})
    }),
  ]
}

const outcomeOf = ({ identity, problems }: MtlsContext): Outcome => {
  if (problems.length > 0) return 'problem'
  return identity === undefined ? 'anonymous' : 'identified'
}
