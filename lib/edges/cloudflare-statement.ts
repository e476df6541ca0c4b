import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { MtlsIdentityError } from '../errors.js'
import { memoized } from '../field/memoized.js'
import { decodeSha256Text, MAX_SHA256_TEXT_BYTES } from '../field/sha256-text.js'
import { checkSingleton, decodeSingleton, headersOf, type SingletonField } from '../field/singleton.js'
import { CLIENT_AUTH_FIELDS, ClientAuthReader } from './cloudflare-client-auth.js'
import { CloudflareMemory } from './cloudflare-memory.js'
import { CloudflareTexts } from './cloudflare-texts.js'
import type { EdgeAssertions, EdgeStatement } from './edge.js'

/** What is set up at Cloudflare: `CloudflareOptions`, resolved. */
export interface CloudflareSettings {
  readonly clientAuthHeaders: boolean
  readonly enforced: boolean
  readonly sha256OnEveryRequest: boolean
  readonly maxCertificateBytes: number
}

const CERTIFICATE = 'cf-client-cert-der-base64'
const SHA256: SingletonField = { name: 'cf-client-cert-sha256', maxBytes: MAX_SHA256_TEXT_BYTES }
/** How many different hashes are remembered, for clients that call again. */
const THUMBPRINTS = 8_192

/** Every field that is read, in lower case. */
export const CLOUDFLARE_FIELDS: readonly string[] = [CERTIFICATE, SHA256.name, ...CLIENT_AUTH_FIELDS]

/** Reads what a request says. Throws a `MtlsIdentityError` for what is malformed or contradicts itself. */
export class CloudflareStatementReader {
  readonly #settings: CloudflareSettings
  readonly #certificate: SingletonField
  readonly #sha256 = { ...SHA256, decode: memoized(decodeSha256Text, THUMBPRINTS) }
  readonly #memory = new CloudflareMemory()
  readonly #clientAuth = new ClientAuthReader(this.#sha256.decode)
  /** What a request says that has none of the fields: most of them, where the certificate comes once. */
  readonly #silence: EdgeStatement

  constructor(settings: CloudflareSettings) {
    this.#settings = settings
    this.#certificate = { name: CERTIFICATE, maxBytes: settings.maxCertificateBytes }
    this.#silence = this.#state({ certificate: undefined, hashes: NO_HASHES, assertions: NOTHING_ASSERTED })
  }

  read(req: IncomingMessage): EdgeStatement {
    const headers = headersOf(req)
    if (this.#settings.clientAuthHeaders) return this.#memory.recall(headers) ?? this.#readAnew(req, headers)
    return isSilent(headers) ? this.#silence : this.#conclude(req, headers, NOTHING_ASSERTED)
  }

  #readAnew(req: IncomingMessage, headers: IncomingHttpHeaders): EdgeStatement {
    const texts = new CloudflareTexts(headers)
    const statement = this.#conclude(req, headers, this.#clientAuth.read(req, texts))
    this.#memory.remember(texts, statement)
    return statement
  }

  #conclude(req: IncomingMessage, headers: IncomingHttpHeaders, assertions: EdgeAssertions): EdgeStatement {
    const certificate = checkSingleton(req, this.#certificate, headers['cf-client-cert-der-base64'])
    const sha256 = decodeSingleton(req, this.#sha256, headers['cf-client-cert-sha256'])
    if (certificate !== undefined && sha256 === undefined) throw mismatch()
    const asserted = assertions.thumbprint ?? this.#clientAuth.readSha256(req, headers['cf-cert-sha256'])
    const hashes = listDefined(sha256, asserted)
    assertConsistent(assertions, hashes)
    return this.#state({ certificate, sha256, hashes, assertions })
  }

  #state({ certificate, sha256, hashes, assertions }: Said): EdgeStatement {
    return {
      certificate,
      thumbprint: assertions.thumbprint ?? (this.#settings.sha256OnEveryRequest ? sha256 : undefined),
      hashes,
      assertions,
      verifiedBy: whoVerified(assertions, this.#settings),
    }
  }
}

/** What a request says, checked, before it is known what that counts for. */
interface Said extends Pick<EdgeStatement, 'certificate' | 'hashes' | 'assertions'> {
  readonly sha256?: string | undefined
}

const isSilent = (headers: IncomingHttpHeaders): boolean =>
  headers['cf-client-cert-der-base64'] === undefined &&
  headers['cf-client-cert-sha256'] === undefined &&
  headers['cf-cert-sha256'] === undefined

const NOTHING_ASSERTED: EdgeAssertions = Object.freeze({})
// Not frozen: going through a frozen array takes V8 longer.
const NO_HASHES: readonly string[] = []

const listDefined = (first: string | undefined, second: string | undefined): readonly string[] => {
  if (first === undefined) return second === undefined ? NO_HASHES : [second]
  return second === undefined ? [first] : [first, second]
}

const assertConsistent = (assertions: EdgeAssertions, hashes: readonly string[]): void => {
  // "No certificate" beside a certificate or its hash: one of the two is not the edge's.
  if (assertions.presented === false && hashes.length > 0) throw mismatch()
  // A verdict must say which certificate it is about.
  if (assertions.verified === true && assertions.thumbprint === undefined) {
    throw new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
  }
}

/** Cloudflare says "verified" of a revoked certificate too, so both words are needed. */
const whoVerified = (
  { verified, revoked }: EdgeAssertions,
  { enforced }: CloudflareSettings,
): EdgeStatement['verifiedBy'] => {
  if (verified === true && revoked === false) return 'edge'
  return enforced && verified !== false ? 'declaration' : undefined
}

const mismatch = (): MtlsIdentityError => new MtlsIdentityError('ERR_MTLS_THUMBPRINT_MISMATCH')
