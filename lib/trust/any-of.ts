import { toTrusts, type TrustOption } from './to-trust.js'
import type { Trust } from './trust.js'

/**
 * Believes a peer that at least one of these believes: no stronger than the weakest of them. Each request is
 * put to all of them, so that every secret comes off it. None at all is a `TypeError`.
 */
export const anyOf = (...trusts: readonly TrustOption[]): Trust => {
  const members = toTrusts(trusts, 'anyOf()')
  return {
    fields: members.flatMap(({ fields }) => fields ?? []),
    isEdge: (req) => members.map((member) => member.isEdge(req)).includes(true),
  }
}
