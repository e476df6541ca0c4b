import proxyAddr from 'proxy-addr'
import { oncePerConnection, type Trust } from './trust.js'

/**
 * Believes peers at these addresses: IP addresses, CIDRs and the names `loopback`, `linklocal` and
 * `uniquelocal`, in a list or a comma-separated string, as Express's `trust proxy` takes them. It asks for
 * the address of the socket's peer, never for a forwarded one; a peer without an address (a Unix socket)
 * is not believed. Anything else in the list is a `TypeError`.
 */
export const peers = (list: string | readonly string[]): Trust => {
  const addresses = resolveAddresses(list)
  const isTrusted = proxyAddr.compile(addresses)
  return oncePerConnection(({ socket: { remoteAddress } }) =>
    remoteAddress === undefined ? false : isTrusted(remoteAddress, 0),
  )
}

const resolveAddresses = (list: unknown): string[] => {
  const addresses: unknown[] =
    typeof list === 'string' ? list.split(/ *, */) : Array.isArray(list) ? list : []
  if (addresses.length === 0 || !addresses.every((address) => typeof address === 'string')) {
    throw new TypeError("peers must be a list of addresses, CIDRs or names such as 'loopback'")
  }
  return addresses
}
