import type { IncomingMessage } from 'node:http'
import type { Trust } from '../trust/trust.js'

/** What the edge said about the client's certificate on one request; what it did not say is absent. */
export interface EdgeAssertions {
  /** Whether the client presented a certificate. */
  readonly presented?: boolean
  /** Whether the edge built the chain to a CA it trusts. Says nothing about revocation. */
  readonly verified?: boolean
  readonly revoked?: boolean
  /** SHA-256 of the DER, 64 lower-case hex digits. */
  readonly thumbprint?: string
  /** A name as the edge writes it: text for logs, never to be taken apart. */
  readonly subject?: string
  /** A name as the edge writes it: text for logs, never to be taken apart. */
  readonly issuer?: string
  /** Upper-case hex without colons. */
  readonly serialNumber?: string
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Alternative names of type URI. */
  readonly uris?: readonly string[]
  /** Alternative names of type DNS. */
  readonly dnsNames?: readonly string[]
  readonly spiffeId?: string
}

/** What one request carries from the edge. */
export interface EdgeStatement {
  /** The text of the certificate, as `decode` takes it. */
  readonly certificate: string | undefined
  /** The text of the intermediate certificates, as `decodeChain` takes it. */
  readonly chain?: string | undefined
  /**
   * The thumbprint that the edge itself vouches for on this request: evidence, where a certificate does
   * not come along. What a client could have sent is no such thing.
   */
  readonly thumbprint: string | undefined
  /** Every thumbprint on the request, whoever wrote it. A certificate must agree with all of them. */
  readonly hashes: readonly string[]
  readonly assertions: EdgeAssertions
  /** Who answers for the certificate being verified: this statement, a declaration, or nobody. */
  readonly verifiedBy: 'edge' | 'declaration' | undefined
}

/**
 * How one kind of edge speaks. One of your own is a dozen lines, here for an edge that sends the certificate
 * in base64 with every request, and overwrites what a client sends under that name:
 *
 * ```ts
 * import { decodeBase64, readSingleton, type Edge } from 'mtls-identity/edges'
 *
 * const acme: Edge = {
 *   name: 'acme',
 *   fields: ['x-acme-client-cert'],
 *   speaksOnEveryRequest: true,
 *   read(req) {
 *     const certificate = readSingleton(req, 'x-acme-client-cert', 16_384)
 *     return { certificate, thumbprint: undefined, hashes: [], assertions: {}, verifiedBy: 'declaration' }
 *   },
 *   decode: decodeBase64,
 * }
 * ```
 */
export interface Edge {
  readonly name: string
  /** Every field that it reads, in lower case. From any peer but the edge they are removed, unread. */
  readonly fields: readonly string[]
  /** Which peers are this edge, where its vendor says so. */
  readonly trust?: Trust
  /** Whether every request says who it is from, so that nothing needs to be remembered or inferred. */
  readonly speaksOnEveryRequest: boolean
  /** A field with the client's address, which the edge sets on every request. */
  readonly clientAddressField?: string
  /** Reads the fields of a request. Throws a `MtlsIdentityError` for what it does not understand. */
  read(req: IncomingMessage): EdgeStatement
  /** Decodes the text of the certificate to DER, one-to-one. Throws `ERR_MTLS_FIELD_INVALID`. */
  decode(certificate: string): Uint8Array
  /**
   * Decodes the text of the intermediate certificates, for an edge that sends some; asked once for each
   * certificate that is new. Throws `ERR_MTLS_FIELD_INVALID`.
   */
  decodeChain?(chain: string): readonly Uint8Array[]
}
