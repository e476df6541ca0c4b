import { exclusiveOriginConnections } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'

/**
 * How the edge is set up, and what the origin is told of that.
 * @typedef {object} Scenario
 * @property {string} title
 * @property {'HTTP/1.1' | 'HTTP/2'} protocol Between the clients and the edge.
 * @property {Partial<import('mtls-identity/testing').EdgeOptions>} edge
 * @property {import('mtls-identity').MtlsIdentityOptions} identity
 * @property {string} code The same options as they are written.
 */

/** Few enough for the clients to have to share them. */
const POOLED = /** @type {const} */ ({ originConnections: 'pooled', maxOriginConnections: 2 })
const ONE_TO_ONE = /** @type {const} */ ({ originConnections: 'one-to-one' })

// Without `enforced` the certificates of these scenarios would have a problem anyway, being verified by
// nobody; with it, only the mark of inference stands between a wrong identity and access.
const ENFORCED = { edge: cloudflare({ enforced: true }) }
const CLIENT_AUTH_HEADERS = {
  title: 'Pooled edge, client auth headers',
  edge: { ...POOLED, clientAuthHeaders: true },
  identity: { edge: cloudflare({ clientAuthHeaders: true }) },
  code: 'edge: cloudflare({ clientAuthHeaders: true })',
}

/** @type {readonly Scenario[]} */
export const SCENARIOS = [
  {
    title: 'Pooled edge, certificate once',
    protocol: 'HTTP/1.1',
    edge: { ...POOLED, enforce: true },
    identity: ENFORCED,
    code: 'edge: cloudflare({ enforced: true })',
  },
  { ...CLIENT_AUTH_HEADERS, protocol: 'HTTP/1.1' },
  { ...CLIENT_AUTH_HEADERS, protocol: 'HTTP/2' },
  {
    title: 'One-to-one edge, certificate once',
    protocol: 'HTTP/1.1',
    edge: { ...ONE_TO_ONE, enforce: true },
    identity: { ...ENFORCED, continuity: exclusiveOriginConnections() },
    code: 'edge: cloudflare({ enforced: true }), continuity: exclusiveOriginConnections()',
  },
]
