import { isIPv4, isIPv6 } from 'node:net'

const CIDR = /^([0-9A-Fa-f.:]+)\/(0|[1-9]\d{0,2})$/
/** 2000::/3, all that is assigned for the Internet; in particular no IPv4 address in the guise of IPv6. */
const GLOBAL_IPV6 = /^[23][0-9A-Fa-f]{3}:/

/** How much of all addresses a list may believe: many times what Cloudflare has, and far from everybody. */
const MAX_SHARE = { IPv4: 2 ** -8, IPv6: 2 ** -24 } as const

interface Network {
  readonly cidr: string
  readonly family: keyof typeof MAX_SHARE
  /** The part of all addresses of its family. */
  readonly share: number
}

/**
 * A list of networks in CIDR notation, checked, for a broken list must not make everybody the edge: no more
 * in all than a /8 of IPv4 and a /24 of IPv6. Anything else is a `TypeError` that says where it is wrong.
 */
export const resolveNetworks = (list: unknown, what: string): readonly string[] => {
  if (!Array.isArray(list) || list.length === 0) {
    throw new TypeError(`${what} must be a list of networks, such as ['173.245.48.0/20']`)
  }
  const networks = list.map((cidr: unknown, index) => parseNetwork(cidr, `${what}[${index}]`))
  assertNotTooMuch(networks, what)
  return Object.freeze(networks.map(({ cidr }) => cidr))
}

const parseNetwork = (cidr: unknown, what: string): Network => {
  const [, address = '', prefix = ''] = (typeof cidr === 'string' ? CIDR.exec(cidr) : undefined) ?? []
  const network = { cidr: `${address}/${prefix}`, share: 2 ** -Number(prefix) }
  if (isIPv4(address) && Number(prefix) <= 32) return { ...network, family: 'IPv4' }
  if (isIPv6(address) && GLOBAL_IPV6.test(address) && Number(prefix) <= 128) {
    return { ...network, family: 'IPv6' }
  }
  throw new TypeError(`${what} must be a public network in CIDR notation, such as 2606:4700::/32`)
}

const assertNotTooMuch = (networks: readonly Network[], what: string): void => {
  const total = { IPv4: 0, IPv6: 0 }
  for (const { family, share } of networks) total[family] += share
  if (total.IPv4 > MAX_SHARE.IPv4 || total.IPv6 > MAX_SHARE.IPv6) {
    throw new TypeError(`${what} must not hold more than a /8 of IPv4 and a /24 of IPv6 in all`)
  }
}
