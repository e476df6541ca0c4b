import { createRandom } from '../../support/random.js'
import { answer } from '../child.js'
import { usedBytes } from '../memory/heap.js'
import { leaveOutOpenSsl } from '../memory/quick-openssl.js'
import { requestsOf } from './client-connections.js'
import { CountingStore } from './counting-store.js'
import { Simulation, type ScaleEvidence } from './simulation.js'

/** What came of one simulation. */
export interface ScaleResult {
  readonly evidence: ScaleEvidence
  readonly isShared: boolean
  readonly requests: number
  /** Requests that were not the first of their client connection, and those of them that were recognised. */
  readonly later: number
  readonly recognised: number
  readonly bytesPerInstance: number
  readonly seconds: number
  readonly store: {
    readonly gets: number
    readonly sets: number
    readonly bytesRead: number
    readonly bytesWritten: number
    readonly certificates: number
    readonly connections: number
  }
}

const [evidence, shared, connections, instances] = process.argv.slice(2) as [
  ScaleEvidence,
  string,
  string,
  string,
]
const isShared = shared === 'shared'
const random = createRandom(1)
const store = new CountingStore()
const counts = { requests: 0, later: 0, recognised: 0 }

leaveOutOpenSsl()
const begun = performance.now()
// What the instances hold at the end is what is freed when they are gone.
const simulations = [new Simulation(evidence, Number(instances), isShared ? store : undefined)]
for (const request of requestsOf(Number(connections), random)) {
  const isRecognised = await simulations[0]?.send(request, random)
  counts.requests++
  if (request.isFirst) continue
  counts.later++
  if (isRecognised === true) counts.recognised++
}
const seconds = (performance.now() - begun) / 1_000
const held = await usedBytes()
simulations.pop()
const rest = await usedBytes()

const { gets, sets, bytesRead, bytesWritten } = store
const result: ScaleResult = {
  evidence,
  isShared,
  ...counts,
  bytesPerInstance: (held - rest) / Number(instances),
  seconds,
  store: {
    gets,
    sets,
    bytesRead,
    bytesWritten,
    certificates: store.keysOf('certificate'),
    connections: store.keysOf('connection'),
  },
}
answer(result)
