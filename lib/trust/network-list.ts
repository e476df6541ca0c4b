import { resolveNetworks } from './networks.js'

/**
 * The networks in the answer of Cloudflare's API, in JSON. Anything that is not such an answer, complete and
 * successful, is a `TypeError` that names it.
 * https://developers.cloudflare.com/api/resources/ips/methods/list/
 */
export const parseAnswer = (json: string, what: string): readonly string[] => {
  const answer = parseJson(json)
  const result = member(answer, 'result')
  const [ipv4, ipv6] = [member(result, 'ipv4_cidrs'), member(result, 'ipv6_cidrs')]
  // An answer without one of the two would cut off half of the edge.
  if (member(answer, 'success') !== true || !isFilled(ipv4) || !isFilled(ipv6)) {
    throw new TypeError(`${what} must be an answer of Cloudflare's API with ipv4_cidrs and ipv6_cidrs`)
  }
  return resolveNetworks([...ipv4, ...ipv6], what)
}

/** The networks in a text: one on a line, `#` begins a comment. Anything else is a `TypeError`. */
export const parseLines = (text: string, what: string): readonly string[] => {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim())
  return resolveNetworks(
    lines.filter((line) => line !== ''),
    what,
  )
}

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    // The parser's own message repeats what it was given.
    return undefined
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0
