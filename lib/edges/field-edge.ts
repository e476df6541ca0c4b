import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import type { Edge, EdgeAssertions, EdgeStatement } from './edge.js'
import { readStatements, readText } from './edge-fields.js'
import {
  resolveFieldEdge,
  type ChainFieldEdgeOptions,
  type FieldEdgeSettings,
  type FieldEdgeSpec,
} from './field-edge-settings.js'

/**
 * An edge that sends the certificate, and what it says of it, in fields of every request. The certificate
 * must agree with all of them; what cannot be understood, or contradicts itself, is refused.
 */
export const createFieldEdge = (spec: FieldEdgeSpec, options: ChainFieldEdgeOptions<object>): Edge => {
  const settings = resolveFieldEdge(spec, options)
  const { certificate, chain, asserted } = settings
  const read = [certificate, chain, ...asserted].flatMap((field) => field?.field ?? [])
  const decodeChain = spec.chain?.decode ?? spec.decodeFurther
  return {
    name: spec.name,
    fields: [...new Set([...read, ...(spec.unread ?? [])])],
    speaksOnEveryRequest: true,
    read: (req) => readStatement(req, settings),
    decode: spec.certificate.decode,
    ...(decodeChain !== undefined && { decodeChain }),
  }
}

const NO_HASHES: readonly string[] = Object.freeze([])

const readStatement = (req: IncomingMessage, settings: FieldEdgeSettings): EdgeStatement => {
  const certificate = settings.certificate && readText(req, settings.certificate)
  const chain = settings.chain && readText(req, settings.chain)
  const assertions = settings.conclude(readStatements(req, settings.asserted), certificate !== undefined)
  const { thumbprint } = assertions
  // Intermediates of nobody: one of the two fields is not the edge's.
  if (chain !== undefined && certificate === undefined) throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  // "No certificate" beside a certificate or its hash, likewise.
  if (assertions.presented === false && (certificate ?? thumbprint) !== undefined) {
    throw new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
  }
  return {
    certificate,
    chain,
    thumbprint: settings.isVouched(assertions) ? thumbprint : undefined,
    hashes: thumbprint === undefined ? NO_HASHES : [thumbprint],
    assertions,
    verifiedBy: whoVerified(assertions, settings),
  }
}

const whoVerified = (
  assertions: EdgeAssertions,
  { isVerified, enforced }: FieldEdgeSettings,
): EdgeStatement['verifiedBy'] => {
  if (isVerified(assertions)) return 'edge'
  return enforced && assertions.verified !== false ? 'declaration' : undefined
}
