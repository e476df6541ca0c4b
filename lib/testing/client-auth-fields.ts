import type { X509Certificate } from 'node:crypto'
import type { ClientConnection } from './client-connection.js'
import type { FieldLine } from './field-lines.js'
import { thumbprintOf } from './thumbprint.js'

const escapeOctets = (character: string): string =>
  Buffer.from(character).toString('hex').toUpperCase().replaceAll(/../g, '\\$&')

/**
 * RFC 2253 text from Node's, which has one line for each RDN, first to last, and escapes everything in
 * values that could be taken for a separator. Node has no text at all for an empty name.
 */
const toRfc2253 = (multiline = ''): string => {
  const rdns = multiline.replaceAll(' + ', '+').split('\n').toReversed()
  return rdns.join(',').replaceAll(/[^ -~]/gu, escapeOctets)
}

const toHex = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase()

const describeCertificate = (certificate: X509Certificate): FieldLine[] => {
  const [subject, issuer] = [toRfc2253(certificate.subject), toRfc2253(certificate.issuer)]
  return [
    ['cf-cert-sha256', toHex(certificate.fingerprint256)],
    ['cf-cert-sha1', toHex(certificate.fingerprint)],
    ['cf-cert-serial', certificate.serialNumber],
    ['cf-cert-subject-dn', subject],
    ['cf-cert-subject-dn-rfc2253', subject],
    ['cf-cert-issuer-dn', issuer],
    ['cf-cert-issuer-dn-rfc2253', issuer],
    ['cf-cert-not-before', certificate.validFrom],
    ['cf-cert-not-after', certificate.validTo],
  ]
}

/**
 * The fields of Cloudflare's Managed Transform "Add TLS client auth headers". As there, a revoked
 * certificate is still `verified`, and names have their non-ASCII octets escaped.
 * https://developers.cloudflare.com/rules/transform/managed-transforms/reference/
 */
export function clientAuthFields(
  { certificate, isVerified }: ClientConnection,
  revoked: (thumbprint: string) => boolean,
): FieldLine[] {
  const isRevoked = certificate !== undefined && revoked(thumbprintOf(certificate.raw))
  return [
    ['cf-cert-presented', String(certificate !== undefined)],
    ['cf-cert-verified', String(isVerified)],
    ['cf-cert-revoked', String(isRevoked)],
    ...(certificate === undefined ? [] : describeCertificate(certificate)),
  ]
}
