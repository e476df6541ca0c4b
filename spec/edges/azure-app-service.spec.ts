import { azureAppService } from 'mtls-identity/edges'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, awsPem, base64, bob, byteSequence } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const LEAF: FieldLines = [['X-ARR-ClientCert', base64(alice)]]

describe('azureAppService', () => {
  it('takes a certificate that nobody has verified', () => {
    expect(take(azureAppService(), LEAF)).toMatchObject({
      der: alice.der,
      intermediates: [],
      hashes: [],
      assertions: {},
      verifiedBy: undefined,
    })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(azureAppService({ enforced: true }), LEAF).verifiedBy).toBe('declaration')
  })

  it('reads its field under another name', () => {
    const edge = azureAppService({ fields: { certificate: 'X-Client-Cert' } })
    expect(take(edge, [['X-Client-Cert', base64(bob)]]).der).toEqual(bob.der)
    expect(edge.fields).toEqual(['x-client-cert'])
  })

  describeRefused(azureAppService(), [
    ['PEM', [['X-ARR-ClientCert', awsPem(alice.certificate)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a byte sequence', [['X-ARR-ClientCert', byteSequence(alice)]], 'ERR_MTLS_FIELD_INVALID'],
    ['base64 without padding', [['X-ARR-ClientCert', 'MAA']], 'ERR_MTLS_FIELD_INVALID'],
    ['two certificates', [...LEAF, ['X-ARR-ClientCert', base64(bob)]], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['a list', [['X-ARR-ClientCert', `${base64(alice)},${base64(bob)}`]], 'ERR_MTLS_FIELD_INVALID'],
    ['a certificate over the cap', [['X-ARR-ClientCert', 'A'.repeat(16_385)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  it('has no chain to cap', () => {
    const options: object = { maxChainBytes: 1 }
    expect(() => azureAppService(options)).toThrow(/has no option 'maxChainBytes'/)
  })

  describeClients({
    edge: azureAppService(),
    of: (client) => [['X-ARR-ClientCert', base64(client)]],
    anonymous: [],
    verifiedBy: undefined,
  })
})
