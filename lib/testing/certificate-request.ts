import type { KeyObject } from 'node:crypto'
import type { NameRequest } from './distinguished-name.js'
import type { GeneralNameRequest } from './general-name.js'
import type { KeyType } from './signing-key.js'

/** An extension as it is to stand in the certificate: `value` is the DER inside `extnValue`. */
export interface ExtensionRequest {
  readonly oid: string
  readonly critical?: boolean
  readonly value: Uint8Array
}

/** What a certificate is to say (RFC 5280). Only `subject` must be given. */
export interface CertificateRequest {
  readonly subject: NameRequest
  /** Default: none; the extension is then absent. */
  readonly subjectAltName?: readonly GeneralNameRequest[]
  /** An empty list leaves the extension out. Default: `['clientAuth']`. */
  readonly extendedKeyUsage?: readonly ('clientAuth' | 'serverAuth')[]
  /** Hexadecimal digits. Default: 16 random octets. */
  readonly serialNumber?: string
  /** Default: an hour ago. */
  readonly notBefore?: Date
  /** Default: in 30 days. */
  readonly notAfter?: Date
  /** The kind of key to make, or a private key to use: a `KeyObject` or its PEM. Default: `'P-256'`. */
  readonly key?: KeyType | KeyObject | (string & {})
  /** Adds a private extension with so many bytes, for large certificates. Default: 0, no extension. */
  readonly paddingBytes?: number
  /** Replace the usual extension with the same object identifier, or are added. Default: none. */
  readonly extensions?: readonly ExtensionRequest[]
}

/** What the certificate of an authority is to say. Default of `subject`: the common name `Test CA`. */
export type AuthorityRequest = Partial<Omit<CertificateRequest, 'subjectAltName' | 'extendedKeyUsage'>>
