import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { haproxy, nginx, rfc9440 } from 'mtls-identity/edges'
import type { Binary } from './binaries.js'
import { examplePath, readExample } from './configuration.js'
import { addressesOf, HAPROXY } from './haproxy.js'
import type { LiveEdge } from './live-edge.js'
import { DER, PEM, RFC9440, type Preset } from './preset.js'

/** The one that can say what is above a certificate. */
export const HAPROXY_WITH_LUA: Binary = {
  ...HAPROXY,
  isComplete: (path) => spawnSync(path, ['-vv'], { encoding: 'utf8' }).stdout.includes('Built with Lua'),
}

const haproxyIn = (path: string, encoding: 'der' | 'pem' | 'rfc9440'): LiveEdge => ({
  name: 'HAProxy',
  path,
  configure: (surroundings) => {
    const configuration = join(surroundings.folder, 'presets.cfg')
    writeFileSync(configuration, readExample('haproxy/presets.cfg'))
    return {
      args: ['-db', '-f', configuration],
      env: {
        ...addressesOf(surroundings),
        CHAIN_LUA: examplePath('haproxy/chain.lua'),
        ENCODING: encoding,
      },
    }
  },
})

/** The encodings of examples/haproxy/presets.cfg, each with what its comment tells the origin. */
export const haproxyPresets = (path: string): readonly Preset[] => [
  {
    encoding: DER,
    edge: haproxyIn(path, 'der'),
    origin: { edge: haproxy({ fields: { sha256: 'X-SSL-Client-Sha256', verify: 'X-SSL-Client-Verify' } }) },
    verifiedBy: 'edge',
    chain: 'not told',
  },
  {
    encoding: PEM,
    edge: haproxyIn(path, 'pem'),
    origin: { edge: nginx({ fields: { verify: 'X-SSL-Client-Verify' } }) },
    verifiedBy: 'edge',
    chain: 'not told',
  },
  {
    encoding: RFC9440,
    edge: haproxyIn(path, 'rfc9440'),
    origin: { edge: rfc9440({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'told',
  },
]
