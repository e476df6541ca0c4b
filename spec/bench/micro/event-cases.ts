import { hasSubscribers } from 'node:diagnostics_channel'
import { cloudflare } from '../../../lib/edges/index.js'
import { EVENT_NAMES } from '../../../lib/events/channels.js'
import { publishRecognition } from '../../../lib/events/publish-recognition.js'
import { mtlsIdentity } from '../../../lib/index.js'
import type { BenchCase, CaseTable } from './bench-case.js'
import { createForge } from './certificates.js'
import { handle, handling, type MtlsIncomingMessage } from './middleware.js'
import type { Subject } from './subject.js'
import { createClients, createTraffic, forwarded, transformed, type Client } from './traffic.js'
import type { FieldLines } from './wire.js'

const TIMES = 200

/** All that is done for events where nobody listens, again and again. */
const publishing = (req: MtlsIncomingMessage): Subject => ({
  runs: 20,
  times: TIMES,
  prepare: () => req,
  run({ mtls }: MtlsIncomingMessage) {
    for (let left = TIMES; left > 0; left--) publishRecognition(req, mtls)
  },
  verify() {
    if (EVENT_NAMES.some(hasSubscribers)) throw new Error('Somebody listens.')
  },
})

const createEventCase = (): BenchCase => {
  const clients = createClients(createForge('P-256'))
  const middleware = mtlsIdentity({ edge: cloudflare({ clientAuthHeaders: true }) })
  const opening = (client: Client): FieldLines => [...forwarded(client), ...transformed(client)]
  for (const client of clients) handle(middleware, createTraffic([client], opening)())
  const later = createTraffic(clients, transformed)
  return {
    subjects: new Map([
      ['by thumbprint', handling(middleware, later, { runs: 20, evidence: 'thumbprint' })],
      ['events without a subscriber', publishing(handle(middleware, later()))],
    ]),
    ratios: [{ of: 'events without a subscriber', to: 'by thumbprint', limit: { atMost: 0.02 } }],
  }
}

/** What events and metrics cost where nobody listens: metrics are made of the same events. */
export const EVENT_CASES: CaseTable = { events: createEventCase }
