import { WALLETS, type Certificate } from './certificates.js'

/** Somebody who calls: with a certificate that is renewed now and then, or without any. */
export class Client {
  #renewals = 0

  constructor(
    readonly name: string,
    readonly certificates: readonly Certificate[],
  ) {}

  get certificate(): Certificate | undefined {
    return this.certificates[this.#renewals % this.certificates.length]
  }

  renew(): void {
    this.#renewals++
  }
}

export const createClients = (): readonly Client[] =>
  WALLETS.map(([name, certificates]) => new Client(name, certificates))

/** Clients behind one address translator share an address. */
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '192.0.2.3']

/** One mutual TLS connection of a client to the edge. */
export class ClientConnection {
  readonly address: string
  certificate: Certificate | undefined
  /** Whether the edge has already forwarded the certificate. */
  isForwarded = false
  /** What it has shown before a renewal. */
  readonly former: Certificate[] = []
  /** Whether the client has ever added a forged field. */
  hasForged = false
  /** Copies of its requests that are on their way, or have not been answered. */
  outstanding = 0

  constructor(
    readonly id: string,
    readonly client: Client,
    readonly protocol: 'http1' | 'http2',
    address: number,
  ) {
    this.address = ADDRESSES[address % ADDRESSES.length] ?? ''
    this.certificate = client.certificate
  }

  /**
   * Whether a new certificate may be shown on this connection. HTTP/2 has no way to do it (RFC 8740,
   * RFC 9113 section 9.2.1), and over HTTP/1.1 it happens between two requests.
   */
  get canRenew(): boolean {
    return this.protocol === 'http1' && this.outstanding === 0 && this.certificate !== undefined
  }

  renew(): void {
    if (this.certificate !== undefined) this.former.push(this.certificate)
    this.client.renew()
    this.certificate = this.client.certificate
    this.isForwarded = false
  }
}
