import { DER_FIELD, SHA256_FIELD } from '../../support/cloudflare-fields.js'
import { certificateOf } from './certificates.js'
import type { Delivery, ForwardedRequest } from './edge.js'
import { type Fields, valueOf } from './fields.js'
import { type Answer, isRefusal } from './oracle.js'

/** Takes down in words what happens, for those who look into a failure. */
export type Narrator = (line: () => string) => void

export const silent: Narrator = () => undefined

export const describeDelivery = ({ request, origin }: Delivery): string =>
  `${origin.name} brings ${describeRequest(request)}`

export const describeAnswer = ({ request, origin }: Delivery, answer: Answer): string => {
  const which = `  ${request.connection.id} by ${origin.name}`
  if (isRefusal(answer)) return `${which} is refused: ${String(answer.refusal)}`
  const { identity, evidence, problems } = answer
  return `${which} is taken for ${nameOf(identity?.thumbprint)}: ${evidence}, [${problems.join(', ')}]`
}

const describeRequest = ({ connection, host, fields, caller, forgery }: ForwardedRequest): string =>
  `${connection.client.name} (${caller?.name ?? 'no certificate'}) on ${connection.id} for ${host.name}` +
  (forgery === 'nothing' ? '' : `, who forged ${forgery}`) +
  `: { ${fields.map((field) => describeField(field, fields)).join(', ')} }`

/** Certificates by the names of their owners, which are easier to tell apart than hashes. */
const describeField = ([name, value]: Fields[number], fields: Fields): string => {
  if (name === DER_FIELD) return `${name}: ${nameOf(valueOf(fields, SHA256_FIELD))}`
  return `${name}: ${certificateOf(value)?.name ?? value}`
}

const nameOf = (thumbprint: string | undefined): string => certificateOf(thumbprint)?.name ?? 'nobody'
