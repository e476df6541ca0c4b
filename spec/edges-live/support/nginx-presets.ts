import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { haproxy, nginx, rfc9440 } from 'mtls-identity/edges'
import { readExample, replaceOnce } from './configuration.js'
import type { LiveEdge, Surroundings } from './live-edge.js'
import { nginxGlobals, withFolder } from './nginx.js'
import { DER, PEM, RFC9440, type Preset } from './preset.js'

type Choice = 'pem' | 'der' | 'rfc9440'

const fillIn = (text: string, choice: Choice, { files, port, originPort }: Surroundings): string =>
  [
    ['listen 8443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['127.0.0.1:3000', `127.0.0.1:${originPort}`],
    ['/etc/nginx/mtls/edge.pem', files.edgeCertificate],
    ['/etc/nginx/mtls/edge.key', files.edgeKey],
    ['/etc/nginx/mtls/client-ca.pem', files.clientCa],
    ['include presets/pem.conf;', `include presets/${choice}.conf;`],
  ].reduce((filled, [from = '', to = '']) => replaceOnce(filled, from, to), text)

const nginxIn = (path: string, choice: Choice): LiveEdge => ({
  name: 'nginx',
  path,
  configure: (surroundings) => {
    const { folder } = surroundings
    const write = (name: string, text: string): string => {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      return file
    }
    for (const name of ['identity.js', `presets/${choice}.conf`]) write(name, readExample(`nginx/${name}`))
    const text = fillIn(readExample('nginx/presets.conf'), choice, surroundings)
    const configuration = write('presets.conf', withFolder(text, folder))
    return { args: ['-c', configuration, '-g', nginxGlobals(folder)] }
  },
})

/** The encodings of examples/nginx/presets, each with what its comment tells the origin. */
export const nginxPresets = (path: string): readonly Preset[] => [
  {
    encoding: PEM,
    edge: nginxIn(path, 'pem'),
    origin: { edge: nginx({ fields: { verify: 'X-SSL-Client-Verify' } }) },
    verifiedBy: 'edge',
    chain: 'not told',
  },
  {
    encoding: DER,
    edge: nginxIn(path, 'der'),
    origin: { edge: haproxy({ fields: { sha256: 'X-SSL-Client-Sha256' }, enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
  {
    encoding: RFC9440,
    edge: nginxIn(path, 'rfc9440'),
    origin: { edge: rfc9440({ enforced: true }) },
    verifiedBy: 'declaration',
    chain: 'not told',
  },
]
