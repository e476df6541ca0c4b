import { MtlsIdentityError } from '../errors.js'

/** What one proxy said of its client: the values of each key, the key in lower case. */
export type XfccElement = ReadonlyMap<string, readonly string[]>

/**
 * `pair` of the grammar: a key, and a value that is quoted or has none of `",;=`; then what ends the pair or,
 * with a comma or the end of the text, the element. In quotes a backslash takes the next character with it,
 * as in the RFC 2253 names that Envoy puts there.
 */
const PAIR = /([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;=]*))(;?(?:,|$)|;)/
/** A certificate has several alternative names; of everything else there is one. */
const REPEATABLE = new Set(['by', 'uri', 'dns'])

/**
 * Parses `X-Forwarded-Client-Cert`: elements separated by commas, of `key=value` pairs separated by
 * semicolons (one more may end an element).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 * Every character is looked at once. Throws `ERR_MTLS_FIELD_INVALID`, also for more than `maxElements` and
 * for a key that comes twice in an element and says what can be said once.
 */
export const parseXfcc = (text: string, maxElements: number): readonly XfccElement[] => {
  const pair = new RegExp(PAIR, 'y')
  const elements: XfccElement[] = []
  let element = new Map<string, string[]>()
  const finish = (): void => {
    if (element.size === 0 || elements.push(element) > maxElements) throw invalid()
    element = new Map()
  }
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text)
    if (match === null) throw invalid()
    const [, key, quoted, bare, end] = match
    const value = quoted === undefined ? String(bare) : quoted.replaceAll('\\"', '"')
    addValue(element, String(key).toLowerCase(), value)
    if (end?.endsWith(',')) finish()
  }
  finish()
  return elements
}

const addValue = (element: Map<string, string[]>, key: string, value: string): void => {
  const values = element.get(key)
  if (values === undefined) element.set(key, [value])
  else if (REPEATABLE.has(key)) values.push(value)
  else throw invalid()
}

const invalid = (): MtlsIdentityError => new MtlsIdentityError('ERR_MTLS_FIELD_INVALID')
