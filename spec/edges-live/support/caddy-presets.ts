import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { caddy, nginx, rfc9440 } from 'mtls-identity/edges'
import { caddyEnvironment, onLoopback } from './caddy.js'
import { readExample } from './configuration.js'
import type { LiveEdge } from './live-edge.js'
import { CADDY_DER, PEM, RFC9440, type Preset } from './preset.js'

const caddyIn = (path: string, encoding: 'der' | 'pem' | 'rfc9440'): LiveEdge => ({
  name: 'Caddy',
  path,
  configure: (surroundings) => {
    const configuration = join(surroundings.folder, 'presets.Caddyfile')
    writeFileSync(configuration, onLoopback(readExample('caddy/presets.Caddyfile')))
    return {
      args: ['run', '--config', configuration, '--adapter', 'caddyfile'],
      env: { ...caddyEnvironment(surroundings), ENCODING: encoding },
    }
  },
})

/** The encodings of examples/caddy/presets.Caddyfile, each with what its comment tells the origin. */
export const caddyPresets = (path: string): readonly Preset[] => [
  {
    encoding: CADDY_DER,
    edge: caddyIn(path, 'der'),
    origin: { edge: caddy({ fields: { sha256: 'X-Client-Sha256' }, enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
  {
    encoding: PEM,
    edge: caddyIn(path, 'pem'),
    origin: { edge: nginx({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
  {
    encoding: RFC9440,
    edge: caddyIn(path, 'rfc9440'),
    origin: { edge: rfc9440({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
]
