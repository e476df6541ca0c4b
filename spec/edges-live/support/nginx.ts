import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binary } from './binaries.js'
import { insertBefore, readExample, replaceOnce } from './configuration.js'
import { ORACLE_FIELD, type LiveEdge, type Surroundings } from './live-edge.js'

const NJS_MODULE = 'modules/ngx_http_js_module.so'

const hasNjs = (path: string): boolean => {
  const { stderr } = spawnSync(path, ['-V'], { encoding: 'utf8' })
  const prefix = /--prefix=(\S+)/.exec(stderr)?.[1]
  return prefix !== undefined && existsSync(join(prefix, NJS_MODULE))
}

export const NGINX: Binary = {
  command: 'nginx',
  packages: 'nginx libnginx-mod-http-js',
  isComplete: hasNjs,
}

export const ORIGIN_KEEP_ALIVE = ['with', 'without'] as const
type OriginKeepAlive = (typeof ORIGIN_KEEP_ALIVE)[number]

const KEEP_ALIVE_LINE = '        keepalive 32;\n'
/** nginx makes these folders when it starts, where only root may. */
const TEMPORARY_FOLDERS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

const fillIn = (text: string, { files, port, originPort, speech }: Surroundings): string =>
  [
    ['listen 8443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['127.0.0.1:3000', `127.0.0.1:${originPort}`],
    ['/etc/nginx/mtls/edge.pem', files.edgeCertificate],
    ['/etc/nginx/mtls/edge.key', files.edgeKey],
    ['/etc/nginx/mtls/client-ca.pem', files.clientCa],
    ['$certificate_on      every-request', `$certificate_on ${speech.certificateOn}`],
    ['$client_auth_headers on', `$client_auth_headers ${speech.clientAuthHeaders}`],
    ['$sha256_on           certificate', `$sha256_on ${speech.sha256On}`],
  ].reduce((filled, [from = '', to = '']) => replaceOnce(filled, from, to), text)

const withOracle = (text: string): string =>
  insertBefore(
    text,
    '            proxy_set_header Host ',
    `            proxy_set_header ${ORACLE_FIELD} $ssl_client_s_dn;`,
  )

/** Keeps its files in this folder. */
export const withFolder = (text: string, folder: string): string =>
  insertBefore(
    text,
    '    js_import identity.js;',
    '    access_log off;',
    ...TEMPORARY_FOLDERS.map((name) => `    ${name}_temp_path ${folder}/${name};`),
  )

/** Runs it in the foreground, with no file outside of this folder. */
export const nginxGlobals = (folder: string): string =>
  `daemon off; pid ${folder}/nginx.pid; error_log stderr;`

export const nginxEdge = (path: string, keepAlive: OriginKeepAlive): LiveEdge => ({
  name: `nginx, ${keepAlive} keepalive`,
  path,
  configure: (surroundings) => {
    const { folder } = surroundings
    const filled = fillIn(readExample('nginx/nginx.conf'), surroundings)
    const kept = keepAlive === 'with' ? filled : replaceOnce(filled, KEEP_ALIVE_LINE, '')
    const configuration = join(folder, 'nginx.conf')
    writeFileSync(configuration, withFolder(withOracle(kept), folder))
    writeFileSync(join(folder, 'identity.js'), readExample('nginx/identity.js'))
    return { args: ['-c', configuration, '-g', nginxGlobals(folder)] }
  },
})
