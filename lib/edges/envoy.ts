import type { IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { resolveFieldName } from '../field/field-name.js'
import { decodeSha256Text } from '../field/sha256-text.js'
import { readSingleton } from '../field/singleton.js'
import { decodeFirstUrlPem, decodeFurtherUrlPem } from '../field/url-pem.js'
import { parseXfcc, type XfccElement } from '../field/xfcc.js'
import { assertOptionNames, resolveFlag, resolvePositiveInteger } from '../option-check.js'
import { MAX_CHAIN_BYTES } from './asserted.js'
import type { Edge, EdgeAssertions, EdgeStatement } from './edge.js'

/** What is set up at Envoy, or at what is made of it. */
export interface EnvoyOptions {
  /** Names of the fields. Default: `X-Forwarded-Client-Cert`. */
  readonly fields?: { readonly xfcc?: string }
  /**
   * How many proxies each add an element, by `APPEND_FORWARD`; the first element is about the client.
   * Fewer elements are nobody, for the first proxy adds none for a client without a certificate. Default: 1.
   */
  readonly hops?: number
  /** The edge refuses unverified certificates, and clients cannot send the field. Default: false. */
  readonly enforced?: boolean
  /** The largest field in bytes. Default: 32768. */
  readonly maxFieldBytes?: number
}

/**
 * Envoy and Istio with `forward_client_cert_details`, `SANITIZE_SET` at the edge.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 * `Hash` is evidence on every request, and `Cert` and `Chain` must agree with it. The field says nothing of
 * verification: see `enforced`.
 */
export const envoy = (options: EnvoyOptions = {}): Edge => {
  const settings = resolveSettings(options)
  return {
    name: 'envoy',
    fields: [settings.xfcc.field],
    speaksOnEveryRequest: true,
    read: (req) => readStatement(req, settings),
    decode: decodeFirstUrlPem,
    decodeChain: decodeFurtherUrlPem,
  }
}

interface Settings {
  readonly xfcc: { readonly field: string; readonly maxBytes: number }
  readonly hops: number
  readonly verifiedBy: EdgeStatement['verifiedBy']
}

const resolveSettings = (options: EnvoyOptions): Settings => {
  const { fields = {}, hops, enforced, maxFieldBytes } = options
  assertOptionNames(options, ['fields', 'hops', 'enforced', 'maxFieldBytes'], 'envoy()')
  assertOptionNames(fields, ['xfcc'], 'the option fields of envoy()')
  return {
    xfcc: {
      field: resolveFieldName(fields.xfcc ?? 'X-Forwarded-Client-Cert', 'fields.xfcc'),
      maxBytes: resolvePositiveInteger(maxFieldBytes, MAX_CHAIN_BYTES, 'maxFieldBytes'),
    },
    hops: resolvePositiveInteger(hops, 1, 'hops'),
    verifiedBy: resolveFlag(enforced, 'enforced') ? 'declaration' : undefined,
  }
}

const readStatement = (req: IncomingMessage, { xfcc, hops, verifiedBy }: Settings): EdgeStatement => {
  const text = readSingleton(req, xfcc.field, xfcc.maxBytes)
  const elements = text === undefined ? [] : parseXfcc(text, hops)
  const [element] = elements
  if (element === undefined || elements.length < hops) return NOBODY
  const thumbprint = decodeSha256Text(valueOf(element, 'hash') ?? '')
  return {
    certificate: certificateOf(element),
    chain: certificateOf(element),
    thumbprint,
    hashes: [thumbprint],
    assertions: { presented: true, thumbprint, ...namesOf(element) },
    verifiedBy,
  }
}

const NOBODY: EdgeStatement = Object.freeze({
  certificate: undefined,
  thumbprint: undefined,
  hashes: Object.freeze([]),
  assertions: Object.freeze({}),
  verifiedBy: undefined,
})

/** `Chain` begins with the certificate that `Cert` is, or they are not of the same client. */
const certificateOf = (element: XfccElement): string | undefined => {
  const certificate = valueOf(element, 'cert')
  const chain = valueOf(element, 'chain')
  if (certificate !== undefined && chain?.startsWith(certificate) === false) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
  return chain ?? certificate
}

const namesOf = (element: XfccElement): EdgeAssertions => {
  const subject = valueOf(element, 'subject')
  const uris = valuesOf(element, 'uri')
  const dnsNames = valuesOf(element, 'dns')
  return {
    ...(subject !== undefined && { subject }),
    ...(uris.length > 0 && { uris }),
    ...(dnsNames.length > 0 && { dnsNames }),
  }
}

/** The values of a key; Envoy writes some of them empty where there is nothing to say. */
const valuesOf = (element: XfccElement, key: string): readonly string[] =>
  (element.get(key) ?? []).filter((value) => value !== '')

const valueOf = (element: XfccElement, key: string): string | undefined => valuesOf(element, key)[0]
