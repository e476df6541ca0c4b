import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { slotOf } from '../../../lib/field/slots.js'
import { createRandom } from '../../support/random.js'
import type { BenchCertificate, Forge } from './certificates.js'
import { createExpressRequest, createRequest, createSocket } from './request.js'
import { wireOf, type FieldLines, type Wire } from './wire.js'

export const CERTIFICATE_FIELD = 'cf-client-cert-der-base64'
export const SHA256_FIELD = 'cf-client-cert-sha256'

const CLIENTS = 64
const SHARED_CONNECTIONS = 8

export interface Client extends BenchCertificate {
  readonly connectionId: string
}

/** The fewest slots that texts are remembered in: those that differ there differ in every larger number of slots. */
const SLOTS = 1_024

/**
 * Clients no two of which put each other's texts out of a slot: how many of so few would is chance, and what they
 * cost would be another thing in each run.
 */
export const createClients = (forge: Forge): readonly Client[] => {
  const clients = new Map<number, Client>()
  while (clients.size < CLIENTS) {
    const certificate = forge()
    clients.set(slotOf(certificate.thumbprint, SLOTS), { ...certificate, connectionId: randomUUID() })
  }
  return [...clients.values()]
}

/** Certificate forwarding. */
export const forwarded = ({ base64, thumbprint }: BenchCertificate): FieldLines => [
  ['Cf-Client-Cert-Der-Base64', base64],
  ['Cf-Client-Cert-Sha256', thumbprint],
]

/** What of "Add TLS client auth headers" identifies the client and judges the certificate. */
export const transformed = ({ thumbprint }: BenchCertificate): FieldLines => [
  ['Cf-Cert-Presented', 'true'],
  ['Cf-Cert-Verified', 'true'],
  ['Cf-Cert-Revoked', 'false'],
  ['Cf-Cert-Sha256', thumbprint],
]

/** All of "Add TLS client auth headers". */
export const transformedInFull = (certificate: BenchCertificate): FieldLines => [
  ...transformed(certificate),
  ['Cf-Cert-Sha1', certificate.thumbprint.slice(24)],
  ['Cf-Cert-Serial', certificate.thumbprint.slice(32).toUpperCase()],
  ['Cf-Cert-Issuer-Serial', '0123456789ABCDEF0123456789ABCDEF'],
  ['Cf-Cert-Ski', certificate.thumbprint.slice(24).toUpperCase()],
  ['Cf-Cert-Issuer-Ski', '0123456789ABCDEF0123456789ABCDEF01234567'],
  ['Cf-Cert-Subject-Dn', 'CN=device-0815,O=Example Ltd,OU=Fleet'],
  ['Cf-Cert-Subject-Dn-Rfc2253', 'OU=Fleet,O=Example Ltd,CN=device-0815'],
  ['Cf-Cert-Subject-Dn-Legacy', '/CN=device-0815/O=Example Ltd/OU=Fleet'],
  ['Cf-Cert-Issuer-Dn', 'CN=Test CA'],
  ['Cf-Cert-Issuer-Dn-Rfc2253', 'CN=Test CA'],
  ['Cf-Cert-Issuer-Dn-Legacy', '/CN=Test CA'],
  ['Cf-Cert-Not-Before', 'Mar 21 13:35:00 2026 GMT'],
  ['Cf-Cert-Not-After', 'Mar 21 13:35:00 2036 GMT'],
]

/** An id of the client connection. */
export const identified = ({ connectionId }: Client): FieldLines => [['X-Id', connectionId]]

/** How requests reach the middleware. */
export interface TrafficOptions {
  /** Whose request comes over which origin connection: anybody's over a few, or each client has its own. */
  readonly connections?: 'pooled' | 'own'
  readonly through?: 'express' | 'node:http'
}

/** Makes requests of these clients, who take turns at random. */
export const createTraffic = (
  clients: readonly Client[],
  linesOf: (client: Client) => FieldLines,
  { connections = 'pooled', through = 'node:http' }: TrafficOptions = {},
): (() => IncomingMessage) => {
  const wires = clients.map((client) => wireOf(linesOf(client)))
  const sockets = clients.map(createSocket)
  const random = createRandom(1)
  const create = through === 'express' ? createExpressRequest : createRequest
  return () => {
    const client = random(wires.length)
    const connection = connections === 'own' ? client : random(SHARED_CONNECTIONS)
    return create(pick(wires, client), pick(sockets, connection))
  }
}

const pick = <T extends Wire | Socket>(list: readonly T[], index: number): T => {
  const value = list[index]
  if (value === undefined) throw new RangeError(`There are only ${list.length}.`)
  return value
}

/** Makes a request with a certificate that nobody has seen before, every time. */
export const createFirstSights = (forge: Forge): (() => IncomingMessage) => {
  const sockets = Array.from({ length: SHARED_CONNECTIONS }, createSocket)
  const random = createRandom(1)
  return () => {
    const wire = wireOf(forwarded(forge()))
    return createRequest(wire, pick(sockets, random(sockets.length)))
  }
}
