import { createHash, createPublicKey } from 'node:crypto'
import { createCertificateAuthority, createSelfSigned, type MintedCertificate } from 'mtls-identity/testing'
import { originPull, type OriginPullOptions } from 'mtls-identity/trust'
import { tlv } from '../support/der.js'
import { tlsRequest } from './support/tls-request.js'

const authority = createCertificateAuthority()
const namesake = createCertificateAuthority()
const intermediate = authority.issueAuthority()
const subject = { commonName: 'edge.example' }
const sameKey = createCertificateAuthority({
  subject: { commonName: 'Other CA' },
  key: authority.privateKey,
})
const edge = authority.issue({ subject })
const renewed = namesake.issue({ subject, key: edge.privateKey })
const rekeyed = authority.issue({ subject })
const sameSerial = authority.issue({ subject, serialNumber: '7f' })
const sameSerialOtherKey = authority.issue({ subject, serialNumber: '7f' })

const isEdge = (pins: OriginPullOptions, certificate: MintedCertificate): boolean =>
  originPull(pins).isEdge(tlsRequest(certificate))

const spkiOf = (certificate: string): Buffer =>
  createPublicKey(certificate).export({ type: 'spki', format: 'der' })

/** Names the authority and its key, by another authority of that name. */
const keyIdentifier = createHash('sha256').update(spkiOf(authority.certificate)).digest()
const forged = namesake.issue({
  subject,
  extensions: [{ oid: '2.5.29.35', value: tlv(0x30, tlv(0x80, keyIdentifier)) }],
})

const COLONS = edge.thumbprint.replace(/..(?=.)/g, '$&:')
const SPKI = createHash('sha256').update(spkiOf(edge.certificate)).digest('base64')
const OTHER = 'ab'.repeat(32)

describe('the pins of originPull', () => {
  it.each<[what: string, pins: OriginPullOptions, certificate: MintedCertificate]>([
    ['its thumbprint', { thumbprints: edge.thumbprint }, edge],
    ['its thumbprint in upper case', { thumbprints: edge.thumbprint.toUpperCase() }, edge],
    ['its thumbprint with colons', { thumbprints: COLONS }, edge],
    ['its thumbprint with colons in upper case', { thumbprints: [COLONS.toUpperCase()] }, edge],
    ['one of several thumbprints', { thumbprints: [OTHER, edge.thumbprint] }, edge],
    ['its public key', { spkiSha256: SPKI }, edge],
    ['the public key for which it was renewed', { spkiSha256: [SPKI] }, renewed],
    ['the authority that issued it', { ca: authority.certificate }, edge],
    ['an authority given as bytes', { ca: Buffer.from(authority.certificate) }, edge],
    ['one of several authorities', { ca: [namesake.certificate, authority.certificate] }, edge],
    ['the second authority in a PEM', { ca: namesake.certificate + authority.certificate }, edge],
    [
      'the intermediate authority that issued it',
      { ca: intermediate.certificate },
      intermediate.issue({ subject }),
    ],
    ['one pin where another does not fit', { thumbprints: OTHER, ca: authority.certificate }, edge],
  ])('fit a certificate by %s', (_what, pins, certificate) => {
    expect(isEdge(pins, certificate)).toBe(true)
  })

  it.each<[what: string, pins: OriginPullOptions, certificate: MintedCertificate]>([
    ['the thumbprint of another certificate', { thumbprints: edge.thumbprint }, rekeyed],
    ['the thumbprint, when it was renewed', { thumbprints: edge.thumbprint }, renewed],
    ['the serial number alone', { thumbprints: sameSerial.thumbprint }, sameSerialOtherKey],
    ['the public key of another certificate', { spkiSha256: SPKI }, rekeyed],
    ['an authority of the same name', { ca: namesake.certificate }, edge],
    ['an authority whose name and key it only names', { ca: authority.certificate }, forged],
    ['an authority of another name with the same key', { ca: sameKey.certificate }, edge],
    [
      'an authority of which it names itself',
      { ca: authority.certificate },
      createSelfSigned({ subject: { commonName: 'Test CA' } }),
    ],
    ['an authority two steps up', { ca: authority.certificate }, intermediate.issue({ subject })],
    ['any of several', { thumbprints: OTHER, spkiSha256: SPKI, ca: namesake.certificate }, rekeyed],
  ])('do not fit a certificate by %s', (_what, pins, certificate) => {
    expect(isEdge(pins, certificate)).toBe(false)
  })

  it.each<[what: string, pins: unknown, named: string]>([
    ['none', {}, 'thumbprints, spkiSha256 or ca'],
    ['empty lists', { thumbprints: [], spkiSha256: [], ca: [] }, 'thumbprints, spkiSha256 or ca'],
    ['an unknown one', { thumbprint: OTHER }, "'thumbprint'"],
    ['a SHA-1 thumbprint', { thumbprints: 'ab'.repeat(20) }, 'thumbprints'],
    ['an empty thumbprint', { thumbprints: '' }, 'thumbprints'],
    ['a thumbprint that is no text', { thumbprints: [edge.der] }, 'thumbprints'],
    ['a public key in hex', { spkiSha256: OTHER }, 'spkiSha256'],
    ['a SHA-1 of a public key', { spkiSha256: Buffer.alloc(20).toString('base64') }, 'spkiSha256'],
    ['base64 that is not canonical', { spkiSha256: `${SPKI.slice(0, -1)} ` }, 'spkiSha256'],
    ['a public key that is no text', { spkiSha256: [null] }, 'spkiSha256'],
    ['a certificate that is no authority', { ca: edge.certificate }, 'ca'],
    ['an authority that does not read', { ca: authority.certificate.replace('\nM', '\nA') }, 'ca'],
    ['an authority in DER', { ca: authority.der }, 'ca'],
    ['a list with something else', { ca: [authority.certificate, 7] }, 'ca'],
  ])('do not take %s', (_what, pins, named) => {
    const make = (): unknown => originPull(pins as OriginPullOptions)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(named)
  })
})
