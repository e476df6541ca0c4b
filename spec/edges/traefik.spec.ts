import { traefik } from 'mtls-identity/edges'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, base64, bob, ISSUER, urlPem } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const FIELD = 'X-Forwarded-Tls-Client-Cert'
const LEAF: FieldLines = [[FIELD, base64(alice)]]
const CHAIN: FieldLines = [[FIELD, `${base64(alice)},${base64({ der: ISSUER })}`]]

describe('traefik', () => {
  it.each<[what: string, fields: FieldLines, intermediates: readonly Uint8Array[]]>([
    ['a certificate', LEAF, []],
    ['a certificate and one above it', CHAIN, [ISSUER]],
  ])('takes %s', (_what, fields, intermediates) => {
    expect(take(traefik(), fields)).toMatchObject({ der: alice.der, intermediates, verifiedBy: undefined })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(traefik({ enforced: true }), LEAF).verifiedBy).toBe('declaration')
  })

  it('removes the field with the details too, which it does not read', () => {
    expect(traefik().fields).toEqual(['x-forwarded-tls-client-cert', 'x-forwarded-tls-client-cert-info'])
  })

  describeRefused(traefik(), [
    ['a damaged certificate before a good one', [[FIELD, `A,${base64(bob)}`]], 'ERR_MTLS_FIELD_INVALID'],
    ['nothing before a good one', [[FIELD, `,${base64(bob)}`]], 'ERR_MTLS_FIELD_INVALID'],
    ['a damaged certificate above', [[FIELD, `${base64(alice)},A`]], 'ERR_MTLS_FIELD_INVALID'],
    ['a comma at the end', [[FIELD, `${base64(alice)},`]], 'ERR_MTLS_FIELD_INVALID'],
    ['a list with spaces', [[FIELD, `${base64(alice)}, ${base64(bob)}`]], 'ERR_MTLS_FIELD_INVALID'],
    ['eight thousand elements', [[FIELD, 'A,'.repeat(8_000)]], 'ERR_MTLS_FIELD_INVALID'],
    ['a longer chain than any', [[FIELD, Array(12).fill('MAA=').join(',')]], 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['URL-encoded PEM', [[FIELD, urlPem(alice.certificate)]], 'ERR_MTLS_FIELD_INVALID'],
    ['two lines', [...CHAIN, [FIELD, base64(bob)]], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['more than the cap', [[FIELD, 'A'.repeat(32_769)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({
    edge: traefik({ enforced: true }),
    of: (client) => [[FIELD, base64(client)]],
    anonymous: [],
    verifiedBy: 'declaration',
  })
})
