import { mtlsIdentity } from 'mtls-identity'
import { envoy, type EnvoyOptions } from 'mtls-identity/edges'
import type { MintedCertificate } from 'mtls-identity/testing'
import { fakeRequest } from '../support/fake-request.js'
import type { FieldLines } from '../support/raw-client.js'
import { describeClients } from './support/describe-clients.js'
import { alice, bob, colons, ISSUER, urlPem } from './support/encodings.js'
import { describeRefused, take } from './support/take.js'

const HASH = '468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688'
const SECOND_HASH = '9ba61d6425303443c0748a02dd8de688468ed33be74eee6556d90c0149c1309e'
const SUBJECT = '/C=US/ST=CA/L=San Francisco/OU=Lyft/CN=Test Client'
/** The examples of Envoy's page. */
const ONE = `By=http://frontend.lyft.com;Hash=${HASH};Subject="${SUBJECT}";URI=http://testclient.lyft.com`
const TWO = `By=http://frontend.lyft.com;Hash=${HASH};URI=http://testclient.lyft.com,By=http://backend.lyft.com;Hash=${SECOND_HASH};URI=http://frontend.lyft.com`
const NAMES = `${ONE};DNS=lyft.com;DNS=www.lyft.com`

const xfcc = (text: string): FieldLines => [['X-Forwarded-Client-Cert', text]]
const certOf = ({ certificate }: MintedCertificate): string => `Cert="${urlPem(certificate)}"`
const chainOf = ({ chain }: MintedCertificate): string => `Chain="${urlPem(chain)}"`
const hashOf = ({ thumbprint }: MintedCertificate): string => `Hash=${thumbprint}`
const elementOf = (client: MintedCertificate): string =>
  `By=spiffe://example.org/edge;${hashOf(client)};${certOf(client)};Subject="CN=${client.thumbprint}";URI=`

describe('envoy', () => {
  it.each<[what: string, text: string, assertions: object]>([
    ['one client with a URI', ONE, { subject: SUBJECT, uris: ['http://testclient.lyft.com'] }],
    [
      'one client with a URI and DNS names',
      NAMES,
      { subject: SUBJECT, uris: ['http://testclient.lyft.com'], dnsNames: ['lyft.com', 'www.lyft.com'] },
    ],
    ['a client of whom only the hash is sent', `Hash=${HASH}`, {}],
    ['the name of the proxy and the hash', `By=http://frontend.lyft.com;Hash=${HASH}`, {}],
    ['keys in another case', `bY=x;HASH=${HASH};sUbJeCt="a"`, { subject: 'a' }],
    ['values that are empty', `By=;Hash=${HASH};Subject="";URI=`, {}],
    ['a semicolon at the end', `Hash=${HASH};`, {}],
    ['several URIs', `Hash=${HASH};URI=a;URI=b`, { uris: ['a', 'b'] }],
    [
      'commas and semicolons in quotes',
      `Hash=${HASH};Subject="O=a\\, b;c=d,e"`,
      { subject: 'O=a\\, b;c=d,e' },
    ],
    ['quotes in quotes', `Hash=${HASH};Subject="CN=\\"a\\""`, { subject: 'CN="a"' }],
    [
      'a backslash at the end of quotes',
      `Hash=${HASH};Subject="CN=a\\\\";URI=b`,
      { subject: 'CN=a\\\\', uris: ['b'] },
    ],
    ['a key that is not known', `Hash=${HASH};Issuer="CN=b"`, {}],
  ])('takes %s', (_what, text, assertions) => {
    expect(take(envoy(), xfcc(text))).toMatchObject({
      der: undefined,
      thumbprint: HASH,
      hashes: [HASH],
      assertions: { presented: true, thumbprint: HASH, ...assertions },
      verifiedBy: undefined,
    })
  })

  it.each<[what: string, client: MintedCertificate, text: string, intermediates: readonly Uint8Array[]]>([
    ['a certificate', alice, certOf(alice), []],
    ['a chain with the certificate at its head', alice, chainOf(alice), [ISSUER]],
    ['a certificate and its chain', alice, `${certOf(alice)};${chainOf(alice)}`, [ISSUER]],
    ['a certificate that is the whole chain', bob, `${certOf(bob)};${chainOf(bob)}`, []],
  ])('takes %s', (_what, client, text, intermediates) => {
    expect(take(envoy(), xfcc(`${hashOf(client)};${text}`))).toMatchObject({
      der: client.der,
      intermediates,
      hashes: [client.thumbprint],
    })
  })

  it('counts as verified by declaration alone', () => {
    expect(take(envoy({ enforced: true }), xfcc(ONE)).verifiedBy).toBe('declaration')
  })

  it('takes the hash with colons', () => {
    expect(take(envoy(), xfcc(`Hash=${colons(HASH)}`)).thumbprint).toBe(HASH)
  })

  it('reads its field under another name', () => {
    const edge = envoy({ fields: { xfcc: 'X-Mesh-Client-Cert' } })
    expect(edge.fields).toEqual(['x-mesh-client-cert'])
    expect(take(edge, [['X-Mesh-Client-Cert', ONE]]).thumbprint).toBe(HASH)
    expect(take(edge, xfcc(ONE)).thumbprint).toBeUndefined()
  })

  describe('behind two proxies', () => {
    const edge = envoy({ hops: 2 })

    it('takes the first element for the client', () => {
      expect(take(edge, xfcc(TWO))).toMatchObject({ thumbprint: HASH, hashes: [HASH] })
    })

    it('takes a single element for the first proxy, whose client has no certificate', () => {
      expect(take(edge, xfcc(ONE))).toMatchObject({ thumbprint: undefined, hashes: [], assertions: {} })
    })

    describeRefused(edge, [
      ['three elements, for the client added one', xfcc(`${ONE},${TWO}`), 'ERR_MTLS_FIELD_INVALID'],
      ['an element without a hash', xfcc(`By=a,${ONE}`), 'ERR_MTLS_FIELD_INVALID'],
    ])
  })

  it('does not take a name for another key: Cert= inside Subject is text', () => {
    const text = `${hashOf(alice)};Subject="CN=;${certOf(bob).replaceAll('"', '\\"')}"`
    expect(take(envoy(), xfcc(text))).toMatchObject({ der: undefined, hashes: [alice.thumbprint] })
  })

  describeRefused(envoy(), [
    ['two elements', xfcc(TWO), 'ERR_MTLS_FIELD_INVALID'],
    ['two lines', [...xfcc(ONE), ...xfcc(ONE)], 'ERR_MTLS_FIELD_DUPLICATED'],
    ['an element without a hash', xfcc(certOf(alice)), 'ERR_MTLS_FIELD_INVALID'],
    ['a hash that is none', xfcc('Hash=abc'), 'ERR_MTLS_FIELD_INVALID'],
    ['two hashes', xfcc(`Hash=${HASH};Hash=${SECOND_HASH}`), 'ERR_MTLS_FIELD_INVALID'],
    ['two hashes in two spellings', xfcc(`Hash=${HASH};hash=${SECOND_HASH}`), 'ERR_MTLS_FIELD_INVALID'],
    ['two certificates', xfcc(`${hashOf(alice)};${certOf(alice)};${certOf(bob)}`), 'ERR_MTLS_FIELD_INVALID'],
    ['two subjects', xfcc(`Hash=${HASH};Subject="a";Subject="b"`), 'ERR_MTLS_FIELD_INVALID'],
    ['two of a key that is not known', xfcc(`Hash=${HASH};A=b;A=b`), 'ERR_MTLS_FIELD_INVALID'],
    [
      "a chain of somebody else's",
      xfcc(`${hashOf(bob)};${certOf(bob)};${chainOf(alice)}`),
      'ERR_MTLS_FIELD_INVALID',
    ],
    ['a certificate that is no PEM', xfcc(`${hashOf(alice)};Cert="MAA="`), 'ERR_MTLS_FIELD_INVALID'],
    ['a quote that is not closed', xfcc(`Hash=${HASH};Subject="a`), 'ERR_MTLS_FIELD_INVALID'],
    ['a quote whose end is escaped', xfcc(`Hash=${HASH};Subject="a\\";URI=b`), 'ERR_MTLS_FIELD_INVALID'],
    ['something behind a quote', xfcc(`Hash=${HASH};Subject="a"b`), 'ERR_MTLS_FIELD_INVALID'],
    ['a quote in a bare value', xfcc(`Hash=${HASH};URI=a"b"`), 'ERR_MTLS_FIELD_INVALID'],
    ['an equals sign in a bare value', xfcc(`Hash=${HASH};URI=a=b`), 'ERR_MTLS_FIELD_INVALID'],
    ['a key without a value', xfcc(`Hash=${HASH};Subject`), 'ERR_MTLS_FIELD_INVALID'],
    ['a value without a key', xfcc(`=${HASH}`), 'ERR_MTLS_FIELD_INVALID'],
    ['a space before a key', xfcc(`Hash=${HASH}; URI=a`), 'ERR_MTLS_FIELD_INVALID'],
    ['two semicolons', xfcc(`Hash=${HASH};;URI=a`), 'ERR_MTLS_FIELD_INVALID'],
    ['a comma at the end', xfcc(`Hash=${HASH},`), 'ERR_MTLS_FIELD_INVALID'],
    ['a comma at the beginning', xfcc(`,Hash=${HASH}`), 'ERR_MTLS_FIELD_INVALID'],
    ['nothing but commas', xfcc(','.repeat(16_384)), 'ERR_MTLS_FIELD_INVALID'],
    ['a word', xfcc('undefined'), 'ERR_MTLS_FIELD_INVALID'],
    ['more than the cap', xfcc('a'.repeat(32_769)), 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])

  describeClients({
    edge: envoy({ enforced: true }),
    of: (client) => xfcc(elementOf(client)),
    anonymous: [],
    verifiedBy: 'declaration',
  })

  // Envoy writes alternative names without quotes, and whoever has a certificate may have chosen his own.
  it.each<[what: string, name: string, code: string]>([
    ['a certificate', `a;${certOf(alice)}`, 'ERR_MTLS_THUMBPRINT_MISMATCH'],
    ['a certificate and a hash', `a;${hashOf(alice)};${certOf(alice)}`, 'ERR_MTLS_FIELD_INVALID'],
    ['an element', `a,${elementOf(alice)}`, 'ERR_MTLS_FIELD_INVALID'],
  ])("refuses a client with %s of somebody else's in its URI name", async (_what, name, code) => {
    const middleware = mtlsIdentity({ edge: envoy(), trust: 'loopback' })
    const fields = xfcc(`${hashOf(bob)};URI=${name}`)
    await expect(middleware.identify(fakeRequest({ fields }))).rejects.toMatchObject({ code })
  })

  it.each<[what: string, options: object, message: RegExp]>([
    ['a misspelt option', { hop: 2 }, /envoy\(\) has no option 'hop'.*hops/],
    ['a misspelt field', { fields: { certificate: 'X' } }, /fields of envoy\(\) has no option 'certificate'/],
    ['no hops', { hops: 0 }, /hops must be a positive whole number/],
    ['a name that is none', { fields: { xfcc: '' } }, /fields\.xfcc must be the name of a header field/],
    ['a word for a flag', { enforced: 'no' }, /enforced must be true or false/],
    ['a cap that is no number', { maxFieldBytes: '1k' }, /maxFieldBytes must be a positive whole number/],
  ])('does not take %s', (_what, options, message) => {
    expect(() => envoy(options as EnvoyOptions)).toThrow(TypeError)
    expect(() => envoy(options as EnvoyOptions)).toThrow(message)
  })
})
