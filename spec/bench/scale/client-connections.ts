/** Connections that are open at a time, in all of the world. */
const OPEN = 50_000
/** A client opens so many connections in all, at any time, each with the same certificate. */
const CONNECTIONS_PER_CERTIFICATE = 5
/** Requests on a connection: between 1 and this. */
const MAX_REQUESTS = 7

/** One request of a client: the edge sends the certificate with the first one on a client connection. */
export interface ClientRequest {
  readonly connection: number
  readonly certificate: number
  readonly isFirst: boolean
}

interface OpenConnection {
  readonly connection: number
  readonly certificate: number
  requestsLeft: number
  isNew: boolean
}

/** The requests of so many client connections, those of the connections that are open at a time mixed at random. */
export function* requestsOf(
  connections: number,
  random: (bound: number) => number,
): Generator<ClientRequest> {
  const certificates = Math.ceil(connections / CONNECTIONS_PER_CERTIFICATE)
  let opened = 0
  const open: OpenConnection[] = []
  const openOne = (): OpenConnection => ({
    connection: opened++,
    certificate: random(certificates),
    requestsLeft: 1 + random(MAX_REQUESTS),
    isNew: true,
  })
  while (open.length < Math.min(OPEN, connections)) open.push(openOne())
  while (open.length > 0) {
    const place = random(open.length)
    const current = open[place]
    if (current === undefined) throw new RangeError(`There is no connection ${place}.`)
    yield { connection: current.connection, certificate: current.certificate, isFirst: current.isNew }
    current.isNew = false
    current.requestsLeft--
    if (current.requestsLeft > 0) continue
    const successor = opened < connections ? openOne() : open.pop()
    if (successor !== undefined && place < open.length) open[place] = successor
  }
}
