import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectionId } from 'mtls-identity'
import { cloudflareWorker } from 'mtls-identity/edges'
import { sharedSecret } from 'mtls-identity/trust'
import { byteSequence } from '../../edges/support/encodings.js'
import { examplePath } from './configuration.js'
import { addressesOf } from './haproxy.js'
import type { LiveEdge } from './live-edge.js'
import type { Encoding, Preset } from './preset.js'
import { startWorker } from './worker.js'

const SECRET = 'a-secret-that-nobody-else-knows'

/** HAProxy in the part of Cloudflare's edge, and behind it the Worker of the example in workerd. */
const workerEdge = (path: string, revoked: readonly string[]): LiveEdge => ({
  name: 'The Worker behind HAProxy',
  path,
  startRelay: (originPort) => startWorker(SECRET, originPort),
  configure: (surroundings) => {
    const list = join(surroundings.folder, 'revoked')
    writeFileSync(list, [...revoked, ''].join('\n'))
    return {
      args: ['-db', '-f', join(__dirname, 'cloudflare-edge.cfg')],
      env: {
        ...addressesOf(surroundings),
        CHAIN_LUA: examplePath('haproxy/chain.lua'),
        REVOKED: list,
      },
    }
  },
})

const WORKER: Encoding = {
  name: 'the fields of examples/worker',
  fieldsOf: (client) => [
    ['Client-Cert', byteSequence(client)],
    ['X-CERT-PRESENTED', '1'],
    ['X-CERT-VERIFY', 'SUCCESS'],
    ['X-CERT-REVOKED', '0'],
    ['X-CERT-SHA256', client.thumbprint],
    ['X-Connection-Id', 'ab'.repeat(64)],
  ],
}

/** What the README of examples/worker tells the origin. */
export const workerPreset = (path: string, revoked: readonly string[]): Preset => ({
  encoding: WORKER,
  edge: workerEdge(path, revoked),
  origin: {
    edge: cloudflareWorker({
      fields: {
        certificate: 'Client-Cert',
        chain: 'Client-Cert-Chain',
        sha256: 'X-CERT-SHA256',
        presented: 'X-CERT-PRESENTED',
        revoked: 'X-CERT-REVOKED',
      },
    }),
    trust: sharedSecret({ field: 'X-Origin-Secret', secrets: SECRET }),
    continuity: connectionId('X-Connection-Id'),
  },
  proof: [['X-Origin-Secret', SECRET]],
  verifiedBy: 'edge',
  chain: 'told',
})
