export { cloudflare } from './cloudflare.js'
export type { CloudflareOptions } from './cloudflare.js'
export type { Edge, EdgeAssertions, EdgeStatement } from './edge.js'
