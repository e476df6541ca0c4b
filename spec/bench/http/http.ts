import { estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import type { Check, Section } from '../report.js'
import { BenchClients } from './clients.js'
import { measureUnderLoad } from './load.js'
import { BenchServer } from './server.js'
import type { Work } from './server-process.js'
import { isRecognising, SERVER_KINDS, type ServerKind } from './servers.js'

/** What each kind of server did, round by round. */
type Works = ReadonlyMap<ServerKind, Work[]>

/** How often all servers are started anew: how V8 compiles them is chance too. */
const STARTS = 5
const WARM_UP_ROUNDS = 15

/**
 * Requests of recognised clients under load, against Express that does next to nothing and against Node's own
 * mutual TLS: in each round a short load on each server, in another order every time.
 */
export const runHttp = async (rounds: number, random: (bound: number) => number): Promise<Section> => {
  const clients = new BenchClients()
  const works: Works = new Map(SERVER_KINDS.map((kind) => [kind, []]))
  for (let start = 0; start < STARTS; start++) {
    const servers = await startServers(clients)
    try {
      for (let round = -WARM_UP_ROUNDS; round < rounds / STARTS; round++) {
        for (const { kind, server, load } of shuffled(servers, random)) {
          const work = await measureUnderLoad(server, load)
          if (round >= 0) works.get(kind)?.push(work)
        }
      }
    } finally {
      for (const { server } of servers) server.stop()
    }
  }
  return describe(works)
}

/** A server of every kind, those that recognise clients having seen the certificates. */
const startServers = async (clients: BenchClients) => {
  const keys = clients.createServerKeys()
  return Promise.all(
    SERVER_KINDS.map(async (kind) => {
      const server = await BenchServer.start(kind, keys)
      if (isRecognising(kind)) await clients.introduce(server.url)
      return { kind, server, load: clients.createLoad(kind) }
    }),
  )
}

const describe = (works: Works): Section => ({
  name: 'http',
  figures: SERVER_KINDS.flatMap((kind) => [
    { what: `${kind}: requests per second`, unit: '', value: median(speedsOf(works, kind)) },
    { what: `${kind}: CPU time of the server for a request`, unit: 'µs', value: median(cpuOf(works, kind)) },
  ]),
  checks: SERVER_KINDS.filter(isRecognising).flatMap((kind) => compare(works, kind)),
})

const compare = (works: Works, kind: ServerKind): Check[] => {
  const bareCpu = cpuOf(works, 'bare')
  const cpu = cpuOf(works, kind)
  return [
    {
      what: `requests per second, ${kind} / bare`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(speedsOf(works, kind), speedsOf(works, 'bare'))),
      limit: { atLeast: 0.97 },
    },
    {
      what: `CPU for a request, ${kind} - bare`,
      unit: 'µs',
      estimate: estimateMedian(cpu.map((microseconds, round) => microseconds - (bareCpu[round] ?? NaN))),
      limit: { atMost: 3 },
    },
    {
      what: `CPU for a request, ${kind} / native`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(cpu, cpuOf(works, 'native'))),
      limit: { atMost: 1 },
    },
  ]
}

const worksOf = (works: Works, kind: ServerKind): readonly Work[] => works.get(kind) ?? []

const speedsOf = (works: Works, kind: ServerKind): number[] =>
  worksOf(works, kind).map(({ requests, seconds }) => requests / seconds)

const cpuOf = (works: Works, kind: ServerKind): number[] =>
  worksOf(works, kind).map(({ requests, cpuMicroseconds }) => cpuMicroseconds / requests)
