import type { MintedCertificate, TestEdge } from 'mtls-identity/testing'
import { connectHttp1, connectHttp2, type Client } from '../../testing/support/clients.js'
import { CLIENT_FIELD } from './round-robin.js'
import { timed } from './timed.js'

/**
 * What an answer says of its client. `unavailable`: that the store would have to be asked. `unknown`: a
 * client with a certificate is not known, or is taken for one without. `wrong`: anything that is not so.
 */
export type Verdict = 'right' | 'unavailable' | 'unknown' | 'wrong'

export interface Answer {
  readonly status: number
  readonly ms: number
  /** Which origin process answered. */
  readonly process: string
  readonly verdict: Verdict
}

interface Body {
  readonly process: string
  readonly thumbprint?: string
  readonly problems?: readonly string[]
  readonly code?: string
}

const PATHS = ['/', '/guarded'] as const

/** A client with a connection of its own, anonymous without a certificate. */
export class Caller {
  readonly #client: Client
  #requests = 0

  constructor(
    readonly name: string,
    readonly certificate: MintedCertificate | undefined,
    { edge, isHttp2 }: { readonly edge: TestEdge; readonly isHttp2: boolean },
  ) {
    this.#client = (isHttp2 ? connectHttp2 : connectHttp1)(edge, certificate)
  }

  /** Sends a request, to a page for everybody and to a guarded one in turn unless it is said to which. */
  async call(path: (typeof PATHS)[number] = PATHS[this.#requests % 2] ?? '/'): Promise<Answer> {
    this.#requests++
    const lines = [CLIENT_FIELD, this.name]
    const [{ status, body }, ms] = await timed(() => this.#client.send({ path, lines }))
    const said = JSON.parse(body) as Body
    return { status, ms, process: said.process, verdict: this.#judge(status, said) }
  }

  close(): void {
    this.#client.close()
  }

  #judge(status: number, { thumbprint, problems = [], code = problems[0] }: Body): Verdict {
    if (thumbprint !== this.certificate?.thumbprint && thumbprint !== undefined) return 'wrong'
    if (code === 'ERR_MTLS_STORE_UNAVAILABLE')
      return problems.length === 1 || status === 503 ? 'unavailable' : 'wrong'
    if (thumbprint !== undefined) return status === 200 && code === undefined ? 'right' : 'wrong'
    if (this.certificate !== undefined) return 'unknown'
    return code === undefined || code === 'ERR_MTLS_IDENTITY_REQUIRED' ? 'right' : 'wrong'
  }
}
