import { X509Certificate as OpenSslCertificate } from 'node:crypto'
import { type JsonName, SubjectAlternativeNameExtension } from '@peculiar/x509'
import type { ClientIdentity } from '../../lib/certificate/client-identity.js'
import type { DistinguishedName } from '../../lib/certificate/distinguished-name.js'

/** A place where our reading and another parser's differ. */
export interface Difference {
  readonly what: string
  readonly ours: unknown
  readonly theirs: unknown
}

/** Differences between what an identity says and what node:crypto and @peculiar/x509 say. */
export const compareParsers = (identity: ClientIdentity): Difference[] => {
  const { certificate } = identity
  const openssl = new OpenSslCertificate(identity.der)
  return [
    ['serialNumber of OpenSSL', identity.serialNumber, openssl.serialNumber],
    ['thumbprint of OpenSSL', identity.thumbprint, openssl.fingerprint256.replaceAll(':', '').toLowerCase()],
    ['notBefore of @peculiar', ...moments(identity.notBefore, certificate.notBefore)],
    ['notAfter of @peculiar', ...moments(identity.notAfter, certificate.notAfter)],
    ['notBefore of OpenSSL', ...moments(identity.notBefore, new Date(openssl.validFrom))],
    ['notAfter of OpenSSL', ...moments(identity.notAfter, new Date(openssl.validTo))],
    ['subject of @peculiar', ourName(identity.subject), theirName(certificate.subjectName.toJSON())],
    ['issuer of @peculiar', ourName(identity.issuer), theirName(certificate.issuerName.toJSON())],
    ['subjectAltName of @peculiar', ourAltNames(identity), theirAltNames(certificate)],
    ['subjectAltName of OpenSSL', ...opensslAltNames(identity, openssl)],
  ]
    .map(([what, ours, theirs]) => ({ what: String(what), ours, theirs }))
    .filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs))
}

/** Both others read a year below 100 as one of the twentieth or twenty-first century. */
const moments = (ours: Date, theirs: Date): [number, number] =>
  ours.getUTCFullYear() < 100 ? [0, 0] : [ours.getTime(), theirs.getTime()]

const SHORT_NAMES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  T: '2.5.4.12',
  G: '2.5.4.42',
  I: '2.5.4.43',
  DC: '0.9.2342.19200300.100.1.25',
  E: '1.2.840.113549.1.9.1',
}

type Rdn = readonly (readonly [string, readonly string[]])[]

const theirName = (name: JsonName): Rdn[] =>
  name.map((rdn) => Object.entries(rdn).map(([type, values]) => [SHORT_NAMES[type] ?? type, values]))

const ourName = ({ rdns }: DistinguishedName): Rdn[] =>
  rdns.map((rdn) => {
    const types = [...new Set(rdn.map(({ type }) => type))]
    return types.map((type) => [type, rdn.filter((one) => one.type === type).map(asTheirs)])
  })

/** @peculiar does not decode a NumericString. */
const asTheirs = ({ value, hex }: DistinguishedName['rdns'][number][number]): string =>
  hex.startsWith('#12') ? hex : value

const ALT_NAME_TYPES: Readonly<Record<string, string>> = {
  email: 'rfc822Name',
  dns: 'dNSName',
  url: 'uniformResourceIdentifier',
  ip: 'iPAddress',
  id: 'registeredID',
}
const COMPARED = new Set(Object.values(ALT_NAME_TYPES))

/** @peculiar drops otherNames, and writes a directoryName in a form of its own. */
const ourAltNames = ({ subjectAltName }: ClientIdentity): unknown[] =>
  subjectAltName.filter(({ type }) => COMPARED.has(type)).map(({ type, value }) => [type, value])

const theirAltNames = (certificate: ClientIdentity['certificate']): unknown[] => {
  const extension = certificate.getExtension(SubjectAlternativeNameExtension)
  const names = extension?.names.toJSON() ?? []
  const known = names.filter(({ type }) => type in ALT_NAME_TYPES)
  return known.map(({ type, value }) => [ALT_NAME_TYPES[type], value])
}

const OPENSSL_LABELS: Readonly<Record<string, string>> = {
  rfc822Name: 'email',
  dNSName: 'DNS',
  uniformResourceIdentifier: 'URI',
  iPAddress: 'IP Address',
}

/** OpenSSL's text is only compared where it is plain: it quotes the rest in a form of its own. */
const opensslAltNames = (
  { subjectAltName }: ClientIdentity,
  { subjectAltName: text }: OpenSslCertificate,
): [string, string] => {
  const isPlain = subjectAltName.every(
    ({ type, value }) =>
      type in OPENSSL_LABELS &&
      /^[\w.*@:/?=-]+$/.test(value) &&
      !(type === 'iPAddress' && value.includes(':')),
  )
  if (!isPlain || text === undefined) return ['', '']
  return [
    subjectAltName.map(({ type, value }) => `${String(OPENSSL_LABELS[type])}:${value}`).join(', '),
    text,
  ]
}
