export { cloudflareNetworks } from './cloudflare-networks.js'
export { peers } from './peers.js'
export type { Trust } from './trust.js'
