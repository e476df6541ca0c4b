import { createRandom } from '../../support/random.js'
import { cloudflare } from '../../../lib/edges/index.js'
import { mtlsIdentity } from '../../../lib/index.js'
import { shuffled } from '../arithmetic.js'
import { answer } from '../child.js'
import { createForge } from '../micro/certificates.js'
import { handle, handling } from '../micro/middleware.js'
import { createExpressRequest, createRequest, createSocket } from '../micro/request.js'
import { timeBlock, type Subject } from '../micro/subject.js'
import { forwarded, transformed } from '../micro/traffic.js'
import { wireOf } from '../micro/wire.js'
import { usedBytes } from './heap.js'
import { leaveOutOpenSsl } from './quick-openssl.js'

/** What it costs to have so many certificates. */
export interface Growth {
  readonly certificates: number
  readonly bytesPerCertificate: number
  /** Nanoseconds of a later request by thumbprint, from any of the clients; one figure for each round. */
  readonly nanoseconds: number[]
}

const RUNS = 20
const WARM_UP_ROUNDS = 50

const forge = createForge('P-256')
const socket = createSocket()
const random = createRandom(1)

/** A middleware that has seen so many certificates, and requests of their owners. */
const createSubject = (certificates: number): Subject => {
  const middleware = mtlsIdentity({
    edge: cloudflare({ clientAuthHeaders: true }),
    cache: { maxCertificates: certificates },
  })
  for (let number = 0; number < certificates; number++) {
    const certificate = forge(number)
    const lines = [...forwarded(certificate), ...transformed(certificate)]
    handle(middleware, createRequest(wireOf(lines), socket))
  }
  const prepare = () => createExpressRequest(wireOf(transformed(forge(random(certificates)))), socket)
  return handling(middleware, prepare, { runs: RUNS, evidence: 'thumbprint' })
}

const [rounds = 0, ...sizes] = process.argv.slice(2).map(Number)
leaveOutOpenSsl()
const all: { growth: Growth; subject: Subject }[] = []
for (const certificates of sizes) {
  const before = await usedBytes()
  const subject = createSubject(certificates)
  const bytesPerCertificate = ((await usedBytes()) - before) / certificates
  all.push({ growth: { certificates, bytesPerCertificate, nanoseconds: [] }, subject })
}
for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
  for (const { growth, subject } of shuffled(all, random)) {
    const nanoseconds = timeBlock(subject)
    if (round >= 0) growth.nanoseconds.push(nanoseconds)
  }
}
answer(all.map(({ growth }) => growth))
