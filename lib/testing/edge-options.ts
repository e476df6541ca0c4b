/** What the edge itself is, to its clients: PEM, the certificate first and then any intermediate ones. */
export interface EdgeCertificate {
  readonly certificate: string
  readonly privateKey: string
  /** The authority that clients are to trust. */
  readonly ca: string
}

/** How the edge to test against behaves. */
export interface EdgeOptions {
  /** Where requests are forwarded to: an `http:` URL, whose path is not used. */
  readonly origin: string | URL
  /** PEM of the authorities that client certificates are verified against. Others are let in, unverified. */
  readonly clientCa: string | readonly string[]
  /** The edge's own certificate. Default: one made for `localhost` and 127.0.0.1. */
  readonly certificate?: EdgeCertificate
  /**
   * On which requests of a client connection `Cf-Client-Cert-Der-Base64` and `Cf-Client-Cert-Sha256`
   * are sent. Default: `'first-request'`.
   */
  readonly forward?: 'first-request' | 'every-request' | 'never'
  /** Sends `Cf-Client-Cert-Sha256` also where the certificate is not sent. Default: false. */
  readonly sha256OnEveryRequest?: boolean
  /** Cloudflare's Managed Transform "Add TLS client auth headers", on every request. Default: false. */
  readonly clientAuthHeaders?: boolean
  /** The name of a field with an id of the client connection, on every request. Default: none. */
  readonly connectionIdField?: string
  /** Makes that id. Default: a random UUID. */
  readonly randomId?: () => string
  /**
   * `'pooled'`: all clients share a few origin connections. `'one-to-one'`: each client connection has an
   * origin connection of its own, which ends with it, and is replaced if the origin ends it first; an
   * upgrade takes one more. Default: `'pooled'`.
   */
  readonly originConnections?: 'pooled' | 'one-to-one'
  /** How many origin connections are open at most when they are pooled. Default: 2. */
  readonly maxOriginConnections?: number
  /**
   * `'strip'`: what a client sends under the edge's own field names is removed. `'pass'`: it goes through,
   * unless the edge sets that very field on that very request. Default: `'strip'`.
   */
  readonly clientFields?: 'strip' | 'pass'
  /**
   * Answers 403 to a client whose certificate did not verify. Clients without a certificate and with a
   * revoked one are let through. Default: false.
   */
  readonly enforce?: boolean
  /** Whether the certificate with this thumbprint is revoked. Default: none is. */
  readonly revoked?: (thumbprint: string) => boolean
  /**
   * The name of a field that says who really called, for a test to compare with: the thumbprint, absent
   * without a certificate. No client can set it. Default: none.
   */
  readonly oracleField?: string
}

/** The options with their defaults; only the edge's own certificate is still open. */
export type EdgeSettings = Required<
  Omit<EdgeOptions, 'origin' | 'certificate' | 'connectionIdField' | 'oracleField'>
> &
  Pick<EdgeOptions, 'connectionIdField' | 'oracleField'> & { readonly origin: URL }
