import type { MtlsContext, MtlsIdentityOptions } from 'mtls-identity'
import type { MintedCertificate } from 'mtls-identity/testing'
import { base64, byteSequence, spacedPem, urlPem } from '../../edges/support/encodings.js'
import type { FieldLines } from '../../support/raw-client.js'
import type { LiveEdge } from './live-edge.js'

/** A way to write a client into fields. */
export interface Encoding {
  readonly name: string
  /** What the edge sends of a client; whoever could send it himself would be that client. */
  readonly fieldsOf: (client: MintedCertificate) => FieldLines
}

/** An agreement between a real edge and a preset of the middleware, as an example makes it. */
export interface Preset {
  readonly encoding: Encoding
  readonly edge: LiveEdge
  readonly origin: MtlsIdentityOptions
  /** What only the edge knows, and shows with every request. Default: nothing. */
  readonly proof?: FieldLines
  readonly verifiedBy: MtlsContext['verifiedBy']
  /** Whether the edge also sends what is above the certificate. */
  readonly chain: 'told' | 'not told'
}

const sha256 =
  (name: string) =>
  ({ thumbprint }: MintedCertificate): FieldLines => [[name, thumbprint]]

export const DER: Encoding = {
  name: 'base64 of the DER',
  fieldsOf: (client) => [
    ['X-SSL-Client-Der', base64(client)],
    ...sha256('X-SSL-Client-Sha256')(client),
    ['X-SSL-Client-Verify', '0'],
  ],
}

export const CADDY_DER: Encoding = {
  name: 'base64 of the DER',
  fieldsOf: (client) => [['X-Client-Cert', base64(client)], ...sha256('X-Client-Sha256')(client)],
}

export const PEM: Encoding = {
  name: 'URL-encoded PEM',
  fieldsOf: ({ certificate }) => [
    ['X-SSL-Client-Cert', urlPem(certificate)],
    ['X-SSL-Client-Verify', 'SUCCESS'],
  ],
}

export const SPACED_PEM: Encoding = {
  name: 'PEM with spaces',
  fieldsOf: ({ certificate }) => [
    ['X-SSL-Client-Cert', spacedPem(certificate)],
    ['X-SSL-Client-Verify', 'SUCCESS'],
  ],
}

/** The chain is somebody else's, and of no consequence to who the client is. */
export const RFC9440: Encoding = {
  name: 'RFC 9440',
  fieldsOf: (client) => [
    ['Client-Cert', byteSequence(client)],
    ['Client-Cert-Chain', byteSequence(client)],
  ],
}

/** Every one that any of the edges speaks. */
export const ENCODINGS: readonly Encoding[] = [DER, CADDY_DER, PEM, SPACED_PEM, RFC9440]
