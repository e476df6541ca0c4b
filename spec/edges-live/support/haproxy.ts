import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binary } from './binaries.js'
import { insertBefore, readExample } from './configuration.js'
import { ORACLE_FIELD, type LiveEdge, type Surroundings } from './live-edge.js'

export const HAPROXY: Binary = { command: 'haproxy', packages: 'haproxy' }

export const HTTP_REUSE = ['never', 'safe', 'aggressive', 'always'] as const

/** The environment that every configuration of HAProxy here reads. */
export const addressesOf = ({ files, port, originPort }: Surroundings): Record<string, string> => ({
  EDGE_ADDRESS: `127.0.0.1:${port}`,
  EDGE_CERTIFICATE: files.edgeCertificateAndKey,
  CLIENT_CA: files.clientCa,
  ORIGIN_ADDRESS: `127.0.0.1:${originPort}`,
})

const withOracle = (text: string): string =>
  insertBefore(
    text,
    '    default_backend origin\n',
    `    http-request del-header ${ORACLE_FIELD}`,
    `    http-request set-header ${ORACLE_FIELD} CN=%[ssl_c_s_dn(CN)] if has_certificate`,
  )

export const haproxyEdge = (path: string, httpReuse: (typeof HTTP_REUSE)[number]): LiveEdge => ({
  name: `HAProxy, http-reuse ${httpReuse}`,
  path,
  configure: (surroundings) => {
    const { folder, speech } = surroundings
    const configuration = join(folder, 'haproxy.cfg')
    writeFileSync(configuration, withOracle(readExample('haproxy/haproxy.cfg')))
    return {
      args: ['-db', '-f', configuration],
      env: {
        ...addressesOf(surroundings),
        HTTP_REUSE: httpReuse,
        CERTIFICATE_ON: speech.certificateOn,
        SHA256_ON: speech.sha256On,
        CLIENT_AUTH_HEADERS: speech.clientAuthHeaders,
      },
    }
  },
})
