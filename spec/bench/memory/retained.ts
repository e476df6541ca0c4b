import 'reflect-metadata'
import v8 from 'node:v8'
import { PublicKey } from '@peculiar/x509'
import { cloudflare } from '../../../lib/edges/index.js'
import { mtlsIdentity, type ClientIdentity } from '../../../lib/index.js'
import { answer } from '../child.js'
import { createForge } from '../micro/certificates.js'
import { handle } from '../micro/middleware.js'
import { createRequest, createSocket } from '../micro/request.js'
import { forwarded } from '../micro/traffic.js'
import { wireOf } from '../micro/wire.js'
import { usedBytes } from './heap.js'

/** What a middleware keeps of certificates. */
export interface Retained {
  readonly derBytes: number
  readonly bytesPerCertificate: number
  /** When the fields of so many certificates have been read: more bytes in all, and parsed certificates held. */
  readonly read: number
  readonly bytesAfterReading: number
  readonly parsed: number
}

const CERTIFICATES = 100_000
const READ = 20_000

/** Counts what has a constructor in its chain of prototypes. New in Node 20.13, and in no types of Node 20. */
const countObjects = (constructor: object): number => {
  const { queryObjects } = v8 as { queryObjects?: (constructor: object, options: object) => number }
  return queryObjects?.(constructor, { format: 'count' }) ?? NaN
}

const forge = createForge('P-256')
const socket = createSocket()

const before = await usedBytes()
const middleware = mtlsIdentity({
  edge: cloudflare({ enforced: true }),
  cache: { maxCertificates: CERTIFICATES },
})

const show = (number: number): ClientIdentity => {
  const { identity } = handle(middleware, createRequest(wireOf(forwarded(forge(number))), socket)).mtls
  if (identity === undefined) throw new Error('A certificate was not taken.')
  return identity
}

for (let number = 0; number < CERTIFICATES; number++) show(number)
const unread = await usedBytes()

for (let number = 0; number < READ; number++) {
  const { subject, certificate } = show(number)
  if (certificate.serialNumber === '' || subject.commonName === '') throw new Error('It says nothing.')
}

const retained: Retained = {
  derBytes: forge(0).der.length,
  bytesPerCertificate: (unread - before) / CERTIFICATES,
  read: READ,
  bytesAfterReading: (await usedBytes()) - unread,
  // Each has a public key, and those that have yet to be parsed have none.
  parsed: countObjects(PublicKey),
}
answer(retained)
