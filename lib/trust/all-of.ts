import { toTrusts, type TrustOption } from './to-trust.js'
import type { Trust } from './trust.js'

/**
 * Believes a peer that every one of these believes, such as Cloudflare's networks and a secret. Each request
 * is put to all of them, so that every secret comes off it. None at all is a `TypeError`.
 */
export const allOf = (...trusts: readonly TrustOption[]): Trust => {
  const members = toTrusts(trusts, 'allOf()')
  return {
    fields: members.flatMap(({ fields }) => fields ?? []),
    isEdge: (req) => !members.map((member) => member.isEdge(req)).includes(false),
  }
}
