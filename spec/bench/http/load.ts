import autocannon from 'autocannon'
import type { Load } from './clients.js'
import type { BenchServers } from './bench-servers.js'
import type { ServerKind } from './server-kinds.js'
import type { Trial } from './trials.js'
import type { Work } from './turns.js'

const CONNECTIONS = 8
/** Until the connections are open and the load is even. */
const LEAD_IN = 500
/** Of each turn, the first ones are not counted. */
const SETTLING = 25
/** So few that most turns pass without the collector of garbage, whose every visit takes as long as thirty requests. */
const COUNTED = 75
/** The load goes on a little longer than what is measured of it. */
const LEAD_OUT = 50

/** How often autocannon looks whether it is done. */
const SAMPLE_MS = 10

/** The requests of a trial. */
export interface TrialLoad {
  readonly trial: Trial
  readonly load: Load
}

/** What a server did in each of these turns under load. Throws if it answered anything but 200. */
export const measureUnderLoad = async (
  servers: BenchServers,
  { trial, load }: TrialLoad,
  turns: readonly ServerKind[],
): Promise<readonly Work[]> => {
  const schedule = { leadIn: LEAD_IN, settling: SETTLING, counted: COUNTED, turns }
  const { works } = await servers.prepare({ trial: trial.name, schedule })
  const { non2xx, errors } = await autocannon({
    ...load,
    url: servers.urlOf(trial),
    connections: CONNECTIONS,
    sampleInt: SAMPLE_MS,
    amount: LEAD_IN + turns.length * (SETTLING + COUNTED) + LEAD_OUT,
  })
  if (non2xx + errors > 0) throw new Error(`${trial.name}: ${non2xx} wrong answers, ${errors} errors`)
  return works
}
