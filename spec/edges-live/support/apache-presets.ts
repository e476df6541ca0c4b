import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apache, haproxy, nginx, rfc9440 } from 'mtls-identity/edges'
import type { Binary } from './binaries.js'
import { readExample, replaceOnce } from './configuration.js'
import type { LiveEdge, Surroundings } from './live-edge.js'
import { DER, PEM, RFC9440, SPACED_PEM, type Preset } from './preset.js'

export const APACHE: Binary = {
  command: 'apache2',
  packages: 'apache2',
  // The configuration takes its modules from where Debian has them.
  isComplete: () => existsSync('/usr/lib/apache2/modules/mod_http2.so'),
}

type Choice = 'APACHE' | 'PEM' | 'DER' | 'RFC9440'

const fillIn = (text: string, choice: Choice, { folder, files, port, originPort }: Surroundings): string =>
  [
    ['/var/lib/apache2/mtls', folder],
    ['Define APACHE\n', `Define ${choice}\n`],
    ['Listen 8443', `Listen 127.0.0.1:${port}`],
    ['*:8443', `*:${port}`],
    ['/etc/apache2/mtls/edge.pem', files.edgeCertificate],
    ['/etc/apache2/mtls/edge.key', files.edgeKey],
    ['/etc/apache2/mtls/client-ca.pem', files.clientCa],
    ['127.0.0.1:3000', `127.0.0.1:${originPort}`],
  ].reduce((filled, [from = '', to = '']) => replaceOnce(filled, from, to), text)

const apacheIn = (path: string, choice: Choice): LiveEdge => ({
  name: 'Apache',
  path,
  configure: (surroundings) => {
    const configuration = join(surroundings.folder, 'apache.conf')
    writeFileSync(configuration, fillIn(readExample('apache/apache.conf'), choice, surroundings))
    return { args: ['-f', configuration, '-D', 'FOREGROUND'] }
  },
})

/** The encodings of examples/apache/apache.conf, each with what its comment tells the origin. */
export const apachePresets = (path: string): readonly Preset[] => [
  {
    encoding: SPACED_PEM,
    edge: apacheIn(path, 'APACHE'),
    origin: { edge: apache({ fields: { verify: 'X-SSL-Client-Verify' } }) },
    verifiedBy: 'edge',
    chain: 'not told',
  },
  {
    encoding: PEM,
    edge: apacheIn(path, 'PEM'),
    origin: { edge: nginx({ fields: { verify: 'X-SSL-Client-Verify' } }) },
    verifiedBy: 'edge',
    chain: 'not told',
  },
  {
    encoding: DER,
    edge: apacheIn(path, 'DER'),
    origin: { edge: haproxy({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
  {
    encoding: RFC9440,
    edge: apacheIn(path, 'RFC9440'),
    origin: { edge: rfc9440({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'told',
  },
]
