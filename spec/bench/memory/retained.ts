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
  /** More bytes in all when the fields of so many certificates have been read. */
  readonly afterReading: readonly { readonly certificates: number; readonly bytes: number }[]
}

const CERTIFICATES = 100_000
const READ = [10_000, 20_000] as const

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

const afterReading: { certificates: number; bytes: number }[] = []
for (const certificates of READ) {
  for (let number = 0; number < certificates; number++) {
    const { subject, certificate } = show(number)
    if (certificate.serialNumber === '' || subject.commonName === '') throw new Error('It says nothing.')
  }
  afterReading.push({ certificates, bytes: (await usedBytes()) - unread })
}

const retained: Retained = {
  derBytes: forge(0).der.length,
  bytesPerCertificate: (unread - before) / CERTIFICATES,
  afterReading,
}
answer(retained)
