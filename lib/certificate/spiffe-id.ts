import type { GeneralName } from './general-name.js'

/** SPIFFE-ID section 2: trust domain of section 2.1, path segments of section 2.2. */
const SPIFFE_ID = /^spiffe:\/\/[a-z0-9._-]{1,255}(?:\/[A-Za-z0-9._-]+)*$/
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/
const MAX_BYTES = 2048

/**
 * The SPIFFE id of an X.509-SVID: its one URI name, if that is a well-formed SPIFFE id. With more URI
 * names there is none (X509-SVID section 2). https://spiffe.io/docs/latest/spiffe-specs/
 */
export const spiffeIdOf = (names: readonly GeneralName[]): string | undefined => {
  const [uri, ...others] = names.filter(({ type }) => type === 'uniformResourceIdentifier')
  if (uri === undefined || others.length > 0) return undefined
  return isSpiffeId(uri.value) ? uri.value : undefined
}

const isSpiffeId = (uri: string): boolean =>
  uri.length <= MAX_BYTES && SPIFFE_ID.test(uri) && !DOT_SEGMENT.test(uri)
