/** What the first request that arrived on an origin connection has shown. */
export interface FirstArrival {
  readonly address: string | undefined
  /** The thumbprint that it carried, as a certificate or as a hash. */
  readonly shown: string | undefined
}

/** The part of a fake request by which the origin tells the connection. */
export interface Transport {
  readonly socket: object
  readonly stream?: { readonly session: object }
}

/** One connection of the edge to the origin. */
export class OriginConnection {
  isOpen = true
  /** Kept by the oracle. */
  first: FirstArrival | undefined
  readonly #socket: object
  readonly #session: object | undefined

  constructor(
    readonly name: string,
    readonly remotePort: number,
    protocol: 'http1' | 'http2',
  ) {
    this.#socket = this.#createSocket()
    this.#session = protocol === 'http2' ? {} : undefined
  }

  /** Over HTTP/2 every request has a socket object of its own, as in Node. */
  get transport(): Transport {
    if (this.#session === undefined) return { socket: this.#socket }
    return { socket: this.#createSocket(), stream: { session: this.#session } }
  }

  #createSocket(): object {
    return { remoteAddress: '127.0.0.1', remotePort: this.remotePort }
  }
}
