import { decodeBase64 } from '../field/base64.js'
import { assertOptionNames, resolveFlag, resolvePositiveInteger } from '../option-check.js'
import { cloudflareNetworks } from '../trust/cloudflare-networks.js'
import {
  CLOUDFLARE_FIELDS,
  CloudflareStatementReader,
  type CloudflareSettings,
} from './cloudflare-statement.js'
import type { Edge } from './edge.js'

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

/**
 * Cloudflare with client certificate forwarding, alone or beside the Managed Transform.
 * https://developers.cloudflare.com/cloudflare-one/access-controls/service-credentials/mutual-tls-authentication/
 * A certificate without its hash is refused. Checks no signature: see `MtlsContext.verifiedBy`.
 */
export const cloudflare = (options: CloudflareOptions = {}): Edge => {
  const settings = resolveSettings(options)
  const reader = new CloudflareStatementReader(settings)
  return {
    name: 'cloudflare',
    fields: CLOUDFLARE_FIELDS,
    trust: cloudflareNetworks(),
    speaksOnEveryRequest: settings.clientAuthHeaders || settings.sha256OnEveryRequest,
    clientAddressField: 'cf-connecting-ip',
    read: (req) => reader.read(req),
    decode: decodeBase64,
  }
}

const resolveSettings = (options: CloudflareOptions): CloudflareSettings => {
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
