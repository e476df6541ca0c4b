import type { Caller } from './cast.js'
import type { Finding } from './oracle-origin.js'

/** How many answers were what. */
export interface Tally {
  requests: number
  /** The caller, and nothing said against it; of an anonymous caller: nobody. */
  right: number
  /** Nobody, of a caller with a certificate. */
  unknown: number
  /** The caller, and marked as a guess. */
  markedRight: number
  /** Somebody else, and marked as a guess. */
  markedWrong: number
  /** Somebody else, and nothing said against it. */
  wrong: number
  /** Taken for malformed or forged. */
  refused: number
  /** The oracle of the edge did not say what the caller knows. */
  misled: number
  /** Somebody else, had identities been remembered by the origin's socket. */
  naiveWrong: number
}

export const createTally = (): Tally => ({
  requests: 0,
  right: 0,
  unknown: 0,
  markedRight: 0,
  markedWrong: 0,
  wrong: 0,
  refused: 0,
  misled: 0,
  naiveWrong: 0,
})

const classify = ({ thumbprint, problems }: Finding, expected: string | undefined): keyof Tally => {
  if (problems === undefined) return 'refused'
  const isSilent = problems.length === 0
  if (thumbprint === expected && isSilent) return 'right'
  if (thumbprint === undefined) return 'unknown'
  if (isSilent) return 'wrong'
  return thumbprint === expected ? 'markedRight' : 'markedWrong'
}

/** Counts one answer to a caller, who knows who it is. */
export const count = (tally: Tally, caller: Caller, finding: Finding): void => {
  const expected = caller.certificate?.thumbprint
  tally.requests++
  tally[classify(finding, expected)]++
  if (finding.oracle !== (expected && caller.name)) tally.misled++
  if (finding.naive !== undefined && finding.naive !== expected) tally.naiveWrong++
}
