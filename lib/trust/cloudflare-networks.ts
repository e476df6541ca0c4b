import { assertOptionNames } from '../option-check.js'
import { resolveNetworks } from './networks.js'
import { peers } from './peers.js'
import type { Trust } from './trust.js'

/** The networks of https://www.cloudflare.com/ips/, and the month in which they were taken from there. */
export const CLOUDFLARE_NETWORKS = Object.freeze({
  asOf: '2026-11',
  networks: Object.freeze([
    '173.245.48.0/20',
    '103.21.244.0/22',
    '103.22.200.0/22',
    '103.31.4.0/22',
    '141.101.64.0/18',
    '108.162.192.0/18',
    '190.93.240.0/20',
    '188.114.96.0/20',
    '197.234.240.0/22',
    '198.41.128.0/17',
    '162.158.0.0/15',
    '104.16.0.0/13',
    '104.24.0.0/14',
    '172.64.0.0/13',
    '131.0.72.0/22',
    '2400:cb00::/32',
    '2606:4700::/32',
    '2803:f800::/32',
    '2405:b500::/32',
    '2405:8100::/32',
    '2a06:98c0::/29',
    '2c0f:f248::/32',
  ]),
} as const)

export interface CloudflareNetworksOptions {
  /** CIDRs, no more in all than a /8 of IPv4 and a /24 of IPv6. Default: `CLOUDFLARE_NETWORKS.networks`. */
  readonly networks?: readonly string[]
}

/** A trust in a list of networks that can be replaced. */
export interface CloudflareNetworksTrust extends Trust {
  /** The networks that are believed now. */
  readonly networks: readonly string[]
  /**
   * Replaces the list, at once and for connections that are already open too. A list that is not one is a
   * `TypeError`, and the old one stays. Put in what `fetchCloudflareNetworks()` or `readCloudflareNetworks()`
   * gives, or let `refreshCloudflareNetworks()` do it.
   */
  update(networks: readonly string[]): void
}

/**
 * Believes peers in Cloudflare's published networks. This proves "Cloudflare", not "my zone": every
 * Cloudflare customer's requests come from there.
 */
export const cloudflareNetworks = (options: CloudflareNetworksOptions = {}): CloudflareNetworksTrust => {
  assertOptionNames(options, ['networks'], 'cloudflareNetworks()')
  let current = believe(options.networks ?? CLOUDFLARE_NETWORKS.networks)
  return {
    get networks() {
      return current.networks
    },
    isEdge: (req) => current.trust.isEdge(req),
    update(networks) {
      current = believe(networks)
    },
  }
}

/** A new list has verdicts of its own, so a connection that the old one has judged is judged again. */
const believe = (list: unknown): { readonly networks: readonly string[]; readonly trust: Trust } => {
  const networks = resolveNetworks(list, 'networks')
  return { networks, trust: peers(networks) }
}
