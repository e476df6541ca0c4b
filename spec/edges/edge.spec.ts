import { decodeBase64, readSingleton, type Edge } from 'mtls-identity/edges'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { base64 } from './support/encodings.js'

/** The one of the documentation. */
const acme: Edge = {
  name: 'acme',
  fields: ['x-acme-client-cert'],
  speaksOnEveryRequest: true,
  read(req) {
    const certificate = readSingleton(req, 'x-acme-client-cert', 16_384)
    return { certificate, thumbprint: undefined, hashes: [], assertions: {}, verifiedBy: 'declaration' }
  },
  decode: decodeBase64,
}

describe('an Edge of a dozen lines', () => {
  describeClients({
    edge: acme,
    of: (client): FieldLines => [['X-Acme-Client-Cert', base64(client)]],
    anonymous: [],
    verifiedBy: 'declaration',
  })
})
