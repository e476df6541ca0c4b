import autocannon from 'autocannon'
import type { Load } from './clients.js'
import type { Work } from './server-process.js'
import type { Trial } from './trials.js'
import type { BenchServers } from './server.js'

const CONNECTIONS = 8
/** Until the connections are open and the load is even. */
const LEAD_IN = 500
const MEASURED = 2_000
/** The load goes on a little longer than what is measured of it. */
const LEAD_OUT = 50

/** How often autocannon looks whether it is done. */
const SAMPLE_MS = 10

/** What a server did in a short time under load. Throws if it answered anything but 200. */
export const measureUnderLoad = async (servers: BenchServers, trial: Trial, load: Load): Promise<Work> => {
  const { work } = await servers.watch({ trial: trial.name, leadIn: LEAD_IN, requests: MEASURED })
  const { non2xx, errors } = await autocannon({
    ...load,
    url: servers.urlOf(trial),
    connections: CONNECTIONS,
    sampleInt: SAMPLE_MS,
    amount: LEAD_IN + MEASURED + LEAD_OUT,
  })
  if (non2xx + errors > 0) throw new Error(`${trial.name}: ${non2xx} wrong answers, ${errors} errors`)
  return work
}
