import type { ClientIdentity } from '../../lib/certificate/client-identity.js'

/** Every field of an identity, and every member of its certificate, as one text to compare. */
export const readEverything = (identity: ClientIdentity): string => {
  const { certificate, subject, issuer, der, chain, ...own } = identity
  const { thumbprint, x5tS256, spkiSha256, serialNumber, subjectAltName, spiffeId } = identity
  return JSON.stringify({
    own: Object.keys(own),
    fields: [thumbprint, x5tS256, spkiSha256, serialNumber, subjectAltName, spiffeId, chain],
    names: [subject, issuer].map((name) => ({ ...name, text: name.toString(), values: name.values('CN') })),
    validity: [identity.notBefore, identity.notAfter].map((date) => date.toISOString()),
    der: toHex(der),
    json: identity,
    certificate: readCertificate(certificate),
  })
}

const readCertificate = (certificate: ClientIdentity['certificate']): unknown => ({
  subject: certificate.subject,
  issuer: certificate.issuer,
  serialNumber: certificate.serialNumber,
  validity: [certificate.notBefore, certificate.notAfter].map((date) => date.getTime()),
  extensions: certificate.extensions.map(({ type, critical, value }) => [type, critical, toHex(value)]),
  publicKey: [certificate.publicKey.algorithm, toHex(certificate.publicKey.rawData)],
  signature: [certificate.signatureAlgorithm, toHex(certificate.signature)],
  rawData: toHex(certificate.rawData),
})

const toHex = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(new Uint8Array(bytes)).toString('hex')

/** The answers of three readings of everything: one, if nothing changes. */
export const readThrice = (identity: ClientIdentity): Set<string> =>
  new Set([readEverything(identity), readEverything(identity), readEverything(identity)])
