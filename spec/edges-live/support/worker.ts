import type { IncomingMessage, ServerResponse } from 'node:http'
import { Miniflare } from 'miniflare'
import { listen } from '../../support/origin.js'
import { readExample } from './configuration.js'
import type { Relay } from './live-edge.js'

const HANDSHAKE = 'x-handshake-'
/** Fields of the connection to the Worker, which are not the client's. */
const OF_CONNECTION = new Set(['host', 'connection'])
const LARGE_HEADER_BYTES = 65_536
const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/

type Say = (name: string) => string

/** What HAProxy says of the handshake; an empty text where it says nothing. */
const handshakeOf =
  ({ headers }: IncomingMessage): Say =>
  (name) =>
    String(headers[HANDSHAKE + name] ?? '')

/** `181222193900Z` as Cloudflare writes it: `Dec 22 19:39:00 2018 GMT`. */
const toCloudflareTime = (text: string): string => {
  const iso = text.replace(UTC_TIME, '20$1-$2-$3T$4:$5:$6Z')
  const [, day, month, year, time] = new Date(iso).toUTCString().split(' ')
  return [month, day, time, year, 'GMT'].join(' ')
}

const presented = (say: Say): Record<string, string> => ({
  certPresented: '1',
  certVerified: say('verify') === '0' ? 'SUCCESS' : `FAILED:${say('verify')}`,
  certRevoked: say('revoked') === '1' ? '1' : '0',
  certSubjectDN: say('subject'),
  certIssuerDN: say('issuer'),
  certSerial: say('serial'),
  certFingerprintSHA256: say('sha256'),
  certNotBefore: toCloudflareTime(say('not-before')),
  certNotAfter: toCloudflareTime(say('not-after')),
  certRFC9440: say('cert'),
  certChainRFC9440: say('chain'),
})

const NOT_PRESENTED = { certPresented: '0', certVerified: 'NONE', certRevoked: '0', certSubjectDN: '' }

/** What Cloudflare gives a Worker as `request.cf`, of the handshake of this request's client connection. */
const cfOf = (say: Say): Record<string, object> => ({
  tlsClientAuth: say('cert') === '' ? NOT_PRESENTED : presented(say),
  tlsExportedAuthenticator: { clientFinished: say('client'), serverFinished: say('server') },
})

const linesOf = ({ rawHeaders }: IncomingMessage): [name: string, value: string][] =>
  rawHeaders
    .flatMap((name, index): [string, string][] =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
    )
    .filter(([name]) => !OF_CONNECTION.has(name.toLowerCase()) && !name.toLowerCase().startsWith(HANDSHAKE))

/** Runs the Worker of the example in workerd, behind an edge that says what each handshake was like. */
export const startWorker = async (originSecret: string, originPort: number): Promise<Relay> => {
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: readExample('worker/worker.js') }],
    compatibilityDate: '2026-01-01',
    bindings: { ORIGIN_SECRET: originSecret },
    cf: false,
  })
  const forward = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = `http://127.0.0.1:${originPort}${String(req.url)}`
    const response = await miniflare.dispatchFetch(url, { headers: linesOf(req), cf: cfOf(handshakeOf(req)) })
    res.writeHead(response.status, { 'Content-Type': 'application/json' }).end(await response.text())
  }
  await miniflare.ready
  const front = await listen((req, res) => void forward(req, res), { maxHeaderSize: LARGE_HEADER_BYTES })
  const close = async (): Promise<void> => {
    await front.close()
    await miniflare.dispose()
  }
  return { port: front.port, close }
}
