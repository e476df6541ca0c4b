import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binary } from './binaries.js'
import { insertBefore, readExample, replaceOnce } from './configuration.js'
import { ORACLE_FIELD, type LiveEdge, type Speech, type Surroundings } from './live-edge.js'

export const CADDY: Binary = { command: 'caddy', packages: 'caddy' }

/** The lines that users leave out who do not want `Cf-Cert-*`. */
const CLIENT_AUTH_LINES = [
  '\t\t\theader_up Cf-Cert-Presented {vars.cert_presented}\n',
  '\t\t\theader_up Cf-Cert-Verified {vars.cert_presented}\n',
  '\t\t\theader_up Cf-Cert-Sha256 {vars.cert_sha256}\n',
]

const speaking = (text: string, { clientAuthHeaders }: Speech): string =>
  clientAuthHeaders === 'on'
    ? text
    : CLIENT_AUTH_LINES.reduce((left, line) => replaceOnce(left, line, ''), text)

const withOracle = (text: string): string =>
  insertBefore(
    text,
    '\t\t\theader_up Cf-Connecting-Ip ',
    `\t\t\theader_up ${ORACLE_FIELD} {http.request.tls.client.subject}`,
  )

/** Keeps to this machine. */
export const onLoopback = (text: string): string =>
  insertBefore(text, '\ttls {$EDGE_CERTIFICATE:', '\tbind 127.0.0.1')

/** What the Caddyfiles of the examples are told in the environment. */
export const caddyEnvironment = ({
  folder,
  files,
  port,
  originPort,
}: Surroundings): Record<string, string> => ({
  EDGE_ADMIN: 'off',
  EDGE_PORT: String(port),
  EDGE_CERTIFICATE: files.edgeCertificate,
  EDGE_KEY: files.edgeKey,
  CLIENT_CA: files.clientCa,
  ORIGIN_ADDRESS: `127.0.0.1:${originPort}`,
  HOME: folder,
  XDG_DATA_HOME: folder,
  XDG_CONFIG_HOME: folder,
})

/** Says what `AS_WRITTEN` says, with or without `Cf-Cert-*`: Caddy knows neither first requests nor connections. */
export const caddyEdge = (path: string): LiveEdge => ({
  name: 'Caddy',
  path,
  configure: (surroundings) => {
    const configuration = join(surroundings.folder, 'Caddyfile')
    const text = speaking(readExample('caddy/Caddyfile'), surroundings.speech)
    writeFileSync(configuration, onLoopback(withOracle(text)))
    return {
      args: ['run', '--config', configuration, '--adapter', 'caddyfile'],
      env: caddyEnvironment(surroundings),
    }
  },
})
