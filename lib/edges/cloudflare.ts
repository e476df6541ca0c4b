import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { decodeBase64 } from '../field/base64.js'
import { decodeSha256Text, MAX_SHA256_TEXT_BYTES } from '../field/sha256-text.js'
import { readSingleton } from '../field/singleton.js'
import { assertOptionNames, resolveFlag, resolvePositiveInteger } from '../option-check.js'
import { cloudflareNetworks } from '../trust/cloudflare-networks.js'
import { readAssertions } from './assertion-fields.js'
import { CLIENT_AUTH_ASSERTIONS, CLIENT_AUTH_FIELDS, TRANSFORM_SHA256 } from './cloudflare-client-auth.js'
import type { Edge, EdgeAssertions, EdgeStatement } from './edge.js'

/** What is set up at Cloudflare. What is not declared is not assumed. */
export interface CloudflareOptions {
  /**
   * The Managed Transform "Add TLS client auth headers" is on: every request says who it is from, so
   * `Cf-Cert-Sha256` is evidence, and what `Cf-Cert-*` assert is believed. Default: false.
   */
  readonly clientAuthHeaders?: boolean
  /**
   * Cloudflare refuses clients whose certificate it could not verify, and clients cannot send
   * `Cf-Client-Cert-*` themselves (both by WAF rules). Default: false.
   */
  readonly enforced?: boolean
  /**
   * `Cf-Client-Cert-Sha256` comes on every request of a client with a certificate, and clients cannot send
   * it themselves: a hash without its certificate is evidence. Default: false.
   */
  readonly sha256OnEveryRequest?: boolean
  /** The largest certificate field in bytes of base64. Default: 16384. */
  readonly maxCertificateBytes?: number
}

type Settings = Required<CloudflareOptions>

const CERTIFICATE = 'cf-client-cert-der-base64'
const SHA256 = 'cf-client-cert-sha256'

/**
 * Cloudflare with client certificate forwarding, alone or beside the Managed Transform.
 * https://developers.cloudflare.com/cloudflare-one/access-controls/service-credentials/mutual-tls-authentication/
 * A certificate without its hash is refused. Checks no signature: see `MtlsContext.verifiedBy`.
 */
export const cloudflare = (options: CloudflareOptions = {}): Edge => {
  const settings = resolveSettings(options)
  return {
    name: 'cloudflare',
    fields: [CERTIFICATE, SHA256, ...CLIENT_AUTH_FIELDS],
    trust: cloudflareNetworks(),
    speaksOnEveryRequest: settings.clientAuthHeaders || settings.sha256OnEveryRequest,
    clientAddressField: 'cf-connecting-ip',
    read: (req) => readStatement(req, settings),
    decode: decodeBase64,
  }
}

const resolveSettings = (options: CloudflareOptions): Settings => {
  const names = ['clientAuthHeaders', 'enforced', 'sha256OnEveryRequest', 'maxCertificateBytes']
  assertOptionNames(options, names, 'cloudflare()')
  const { maxCertificateBytes } = options
  return {
    clientAuthHeaders: resolveFlag(options.clientAuthHeaders, 'clientAuthHeaders'),
    enforced: resolveFlag(options.enforced, 'enforced'),
    sha256OnEveryRequest: resolveFlag(options.sha256OnEveryRequest, 'sha256OnEveryRequest'),
    maxCertificateBytes: resolvePositiveInteger(maxCertificateBytes, 16_384, 'maxCertificateBytes'),
  }
}

const readStatement = (req: IncomingMessage, settings: Settings): EdgeStatement => {
  const certificate = readSingleton(req, CERTIFICATE, settings.maxCertificateBytes)
  const sha256 = readSha256(req, SHA256)
  const transformSha256 = readSha256(req, TRANSFORM_SHA256)
  if (certificate !== undefined && sha256 === undefined) throw mismatch()
  const hashes = listDefined(sha256, transformSha256)
  const assertions = settings.clientAuthHeaders ? readClientAuth(req, hashes) : NOTHING_ASSERTED
  return {
    certificate,
    thumbprint: assertions.thumbprint ?? (settings.sha256OnEveryRequest ? sha256 : undefined),
    hashes,
    assertions,
    verifiedBy: whoVerified(assertions, settings),
  }
}

const NOTHING_ASSERTED: EdgeAssertions = Object.freeze({})
const NO_HASHES: readonly string[] = Object.freeze([])

const listDefined = (first: string | undefined, second: string | undefined): readonly string[] => {
  if (first === undefined) return second === undefined ? NO_HASHES : [second]
  return second === undefined ? [first] : [first, second]
}

const readSha256 = (req: IncomingMessage, name: string): string | undefined => {
  const text = readSingleton(req, name, MAX_SHA256_TEXT_BYTES)
  return text === undefined ? undefined : decodeSha256Text(text)
}

const readClientAuth = (req: IncomingMessage, hashes: readonly string[]): EdgeAssertions => {
  const assertions = readAssertions(req, CLIENT_AUTH_ASSERTIONS)
  // "No certificate" beside a certificate or its hash: one of the two is not the edge's.
  if (assertions.presented === false && hashes.length > 0) throw mismatch()
  // A verdict must say which certificate it is about.
  if (assertions.verified === true && assertions.thumbprint === undefined) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return assertions
}

/** Cloudflare says "verified" of a revoked certificate too, so both words are needed. */
const whoVerified = (
  { verified, revoked }: EdgeAssertions,
  { enforced }: Settings,
): EdgeStatement['verifiedBy'] => {
  if (verified === true && revoked === false) return 'edge'
  return enforced && verified !== false ? 'declaration' : undefined
}

const mismatch = (): MtlsIdentityError => new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
