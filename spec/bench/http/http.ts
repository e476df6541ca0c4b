import { estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import { BenchClients } from './clients.js'
import { measureUnderLoad } from './load.js'
import { BenchServers } from './server.js'
import type { Work } from './server-process.js'
import { COMPARISONS, NATIVE, TRIALS, type Comparison, type Trial } from './trials.js'

/** What the server of each trial did, round by round. */
type Works = ReadonlyMap<Trial, Work[]>

/** How often the servers are started anew: how V8 compiles them is chance too. */
const STARTS = 5
const WARM_UP_ROUNDS = 10

/**
 * Requests of recognised clients under load, against Express that does next to nothing and against Node's own
 * mutual TLS: in each round a short load on each server, in another order every time.
 */
export const runHttp = async (rounds: number, random: (bound: number) => number): Promise<Section> => {
  const clients = new BenchClients()
  const keys = clients.createServerKeys()
  const loads = TRIALS.map((trial) => ({ trial, load: clients.createLoad(trial) }))
  const works: Works = new Map(TRIALS.map((trial) => [trial, []]))
  for (let start = 0; start < STARTS; start++) {
    const servers = await BenchServers.start(keys)
    try {
      for (const { recognising } of COMPARISONS) {
        await clients.introduce(servers.urlOf(recognising), recognising)
      }
      for (let round = -WARM_UP_ROUNDS; round < rounds / STARTS; round++) {
        for (const { trial, load } of shuffled(loads, random)) {
          const work = await measureUnderLoad(servers, trial, load)
          if (round >= 0) works.get(trial)?.push(work)
        }
      }
    } finally {
      servers.stop()
    }
  }
  return describe(works)
}

const describe = (works: Works): Section => ({
  name: 'http',
  figures: TRIALS.flatMap((trial) => [
    { what: `${trial.name}: requests per second`, unit: '', value: median(speedsOf(works, trial)) },
    {
      what: `${trial.name}: CPU time of the server for a request`,
      unit: 'µs',
      value: median(cpuOf(works, trial)),
    },
  ]),
  checks: COMPARISONS.flatMap((comparison) => compare(works, comparison)),
})

const compare = (works: Works, { recognising, bare }: Comparison): Check[] => {
  const { name } = recognising
  const cpu = cpuOf(works, recognising)
  const bareCpu = cpuOf(works, bare)
  return [
    {
      what: `requests per second, ${name} / bare`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(speedsOf(works, recognising), speedsOf(works, bare))),
      limit: { atLeast: 0.97 },
    },
    {
      what: `CPU for a request, ${name} - bare`,
      unit: 'µs',
      estimate: estimateMedian(cpu.map((microseconds, round) => microseconds - (bareCpu[round] ?? NaN))),
      limit: { atMost: 3 },
    },
    {
      what: `CPU for a request, ${name} / native`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(cpu, cpuOf(works, NATIVE))),
      limit: { atMost: 1 },
    },
  ]
}

const worksOf = (works: Works, trial: Trial): readonly Work[] => works.get(trial) ?? []

const speedsOf = (works: Works, trial: Trial): number[] =>
  worksOf(works, trial).map(({ requests, seconds }) => requests / seconds)

const cpuOf = (works: Works, trial: Trial): number[] =>
  worksOf(works, trial).map(({ requests, cpuMicroseconds }) => cpuMicroseconds / requests)
