import type { Options } from 'autocannon'
import { createCertificateAuthority } from '../../../lib/testing/index.js'
import { estimateMedian, median, pairedRatios, shuffled } from '../arithmetic.js'
import { createForge } from '../micro/certificates.js'
import { createClients, forwarded, identified, transformed, type Client } from '../micro/traffic.js'
import { USUAL_LINES, type FieldLines } from '../micro/wire.js'
import type { Check, Section } from '../report.js'
import { measureUnderLoad } from './load.js'
import { BenchServers } from './server.js'
import type { Work } from './server-process.js'
import { SERVER_KINDS, type ServerKind } from './servers.js'

type Load = Pick<Options, 'requests' | 'tlsOptions'>

/** One figure for each round. */
interface Series {
  readonly requestsPerSecond: readonly number[]
  readonly cpuMicroseconds: readonly number[]
}

const WARM_UP_ROUNDS = 15
const RECOGNISED = ['by thumbprint', 'by connection id'] as const

/** What a client sends with its later requests, to every server the same. */
const laterLines = (client: Client): FieldLines => [
  ...USUAL_LINES,
  ...transformed(client),
  ...identified(client),
]

const headersOf = (lines: FieldLines): Record<string, string> =>
  Object.fromEntries(lines.filter(([name]) => name !== 'Host'))

/** Lets a server see the certificates. */
const introduce = async (url: string, clients: readonly Client[]): Promise<void> => {
  for (const client of clients) {
    const headers = headersOf([...laterLines(client), ...forwarded(client)])
    const { ok, status } = await fetch(url, { headers })
    if (!ok) throw new Error(`A certificate was not taken: ${status}`)
  }
}

/** A pair of certificates for TLS, and the load of clients that have certificates. */
const createLoads = (clients: readonly Client[]) => {
  const authority = createCertificateAuthority()
  const server = authority.issue({ subject: { commonName: '127.0.0.1' }, extendedKeyUsage: ['serverAuth'] })
  const client = authority.issue({ subject: { commonName: 'device-0815' } })
  const requests = clients.map((one) => ({ headers: headersOf(laterLines(one)) }))
  const tlsOptions = { cert: client.certificate, key: client.privateKey, rejectUnauthorized: false }
  return {
    keys: { key: server.privateKey, cert: server.certificate, ca: authority.certificate },
    loadOf: (kind: ServerKind): Load => (kind === 'native' ? { requests, tlsOptions } : { requests }),
  }
}

/**
 * Requests of recognised clients under load, against Express that does next to nothing and against Node's own
 * mutual TLS: in each round a short load on each server, in another order every time.
 */
export const runHttp = async (rounds: number, random: (bound: number) => number): Promise<Section> => {
  const clients = createClients(createForge('P-256'))
  const { keys, loadOf } = createLoads(clients)
  const servers = await BenchServers.start(keys)
  const series = new Map<ServerKind, Series>()
  try {
    for (const kind of RECOGNISED) await introduce(servers.urlOf(kind), clients)
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      if (round === 0) series.clear()
      for (const kind of shuffled(SERVER_KINDS, random)) {
        record(series, kind, await measureUnderLoad(servers, kind, loadOf(kind)))
      }
    }
  } finally {
    servers.stop()
  }
  return describe(series)
}

const record = (
  series: Map<ServerKind, Series>,
  kind: ServerKind,
  { requests, seconds, cpuMicroseconds }: Work,
): void => {
  const { requestsPerSecond = [], cpuMicroseconds: cpu = [] } = series.get(kind) ?? {}
  series.set(kind, {
    requestsPerSecond: [...requestsPerSecond, requests / seconds],
    cpuMicroseconds: [...cpu, cpuMicroseconds / requests],
  })
}

const describe = (series: ReadonlyMap<ServerKind, Series>): Section => ({
  name: 'http',
  figures: SERVER_KINDS.map((kind) => [kind, seriesOf(kind, series)] as const).flatMap(
    ([kind, { requestsPerSecond, cpuMicroseconds }]) => [
      { what: `${kind}: requests per second`, unit: '', value: median(requestsPerSecond) },
      { what: `${kind}: CPU time of the server for a request`, unit: 'µs', value: median(cpuMicroseconds) },
    ],
  ),
  checks: RECOGNISED.flatMap((kind) => compare(kind, series)),
})

const compare = (kind: ServerKind, series: ReadonlyMap<ServerKind, Series>): Check[] => {
  const { requestsPerSecond, cpuMicroseconds } = seriesOf(kind, series)
  const bare = seriesOf('bare', series)
  const native = seriesOf('native', series)
  return [
    {
      what: `requests per second, ${kind} / bare`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(requestsPerSecond, bare.requestsPerSecond)),
      limit: { atLeast: 0.97 },
    },
    {
      what: `CPU for a request, ${kind} - bare`,
      unit: 'µs',
      estimate: estimateMedian(
        cpuMicroseconds.map((cpu, round) => cpu - (bare.cpuMicroseconds[round] ?? NaN)),
      ),
      limit: { atMost: 3 },
    },
    {
      what: `CPU for a request, ${kind} / native`,
      unit: 'x',
      estimate: estimateMedian(pairedRatios(cpuMicroseconds, native.cpuMicroseconds)),
      limit: { atMost: 1 },
    },
  ]
}

const seriesOf = (kind: ServerKind, series: ReadonlyMap<ServerKind, Series>): Series => {
  const found = series.get(kind)
  if (found === undefined) throw new Error(`There is no server '${kind}'.`)
  return found
}
