import { estimateMean, estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import { BenchServers } from './bench-servers.js'
import { BenchClients } from './clients.js'
import { measureUnderLoad, type TrialLoad } from './load.js'
import { COMPARISONS, NATIVE, TRIALS, type Trial } from './trials.js'
import type { Work } from './turns.js'
import { Works } from './works.js'

/** How often the servers are started anew: how V8 compiles them is chance too. */
const STARTS = 5
const WARM_UP_ROUNDS = 5
/** How often each has a turn in one load. */
const TURNS = 8

type Random = (bound: number) => number

/**
 * Requests of recognised clients under load, against Express that does next to nothing and against Node's own
 * mutual TLS. In each round every server has a load, in another order every time. Who is compared with *bare* takes
 * turns with it within one load, over the same connections, now the one first and now the other: what is between two
 * neighbouring turns is what the one does more.
 */
export const runHttp = async (rounds: number, random: Random): Promise<Section> => {
  const clients = new BenchClients()
  const keys = clients.createServerKeys()
  const loads = TRIALS.map((trial) => ({ trial, load: clients.createLoad(trial) }))
  const works = new Works()
  for (let start = 0; start < STARTS; start++) {
    const servers = await BenchServers.start(keys)
    try {
      for (const trial of COMPARISONS) await clients.introduce(servers.urlOf(trial), trial)
      for (let round = -WARM_UP_ROUNDS; round < rounds / STARTS; round++) {
        const done = await measureRound(servers, loads, random)
        if (round >= 0) for (const [trial, turns] of done) works.add(trial, turns)
      }
    } finally {
      servers.stop()
    }
  }
  return describe(works)
}

/** What each did in its turns, by trial. */
const measureRound = async (
  servers: BenchServers,
  loads: readonly TrialLoad[],
  random: Random,
): Promise<ReadonlyMap<Trial, readonly Work[]>> => {
  const done = new Map<Trial, readonly Work[]>()
  for (const trialLoad of shuffled(loads, random)) {
    const { trial } = trialLoad
    const turns = Array.from({ length: TURNS }, () => shuffled(trial.kinds, random)).flat()
    done.set(trial, await measureUnderLoad(servers, trialLoad, turns))
  }
  return done
}

const describe = (works: Works): Section => ({
  name: 'http',
  figures: TRIALS.flatMap((trial) =>
    trial.kinds.flatMap((kind) => {
      const name = kind === trial.name ? kind : `${kind}, for ${trial.name}`
      return [
        { what: `${name}: requests per second`, unit: '', value: median(works.speedsOf(trial, kind)) },
        {
          what: `${name}: CPU time of the server for a request`,
          unit: 'µs',
          value: median(works.cpuOf(trial, kind)),
        },
      ]
    }),
  ),
  checks: COMPARISONS.flatMap((trial) => compare(works, trial)),
})

const compare = (works: Works, trial: Trial): Check[] => {
  const { name } = trial
  const cpu = works.cpuOf(trial, name)
  const bareCpu = works.cpuOf(trial, 'bare')
  const surplus = cpu.map((microseconds, turn) => microseconds - (bareCpu[turn] ?? NaN))
  return [
    {
      what: `requests per second, ${name} / bare`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(works.speedsOf(trial, name), works.speedsOf(trial, 'bare'))),
      limit: { atLeast: 0.97 },
    },
    {
      what: `CPU for a request, ${name} - bare`,
      unit: 'µs',
      estimate: estimateMedian(surplus),
      limit: { atMost: 3 },
    },
    {
      what: `CPU for a request, ${name} - bare, mean`,
      unit: 'µs',
      estimate: estimateMean(surplus),
    },
    {
      what: `CPU for a request, ${name} / native`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(cpu, works.cpuOf(NATIVE, 'native'))),
      limit: { atMost: 1 },
    },
  ]
}
