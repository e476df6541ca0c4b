import { SHA256_FIELD } from '../../support/cloudflare-fields.js'
import type { Certificate } from './certificates.js'
import type { ClientConnection } from './clients.js'
import { CLIENT_ADDRESS_FIELD, type Fields, forwardedFields, PAIR, transformFields } from './fields.js'
import type { Forgery } from './forgery.js'
import type { OriginConnection } from './origin-connection.js'
import { CONNECTION_ID_FIELD, type EdgeTraits } from './world.js'

/** A virtual host of the edge. A certificate is asked for, and forwarded, on those with mutual TLS only. */
export interface Host {
  readonly name: string
  readonly hasMutualTls: boolean
}

export const HOSTS: readonly Host[] = [
  { name: 'a.test', hasMutualTls: true },
  { name: 'b.test', hasMutualTls: true },
  { name: 'open.test', hasMutualTls: false },
]

/** A request as the edge forwards it, and the truth about it that the origin never sees. */
export interface ForwardedRequest {
  readonly connection: ClientConnection
  readonly host: Host
  readonly fields: Fields
  /** The certificate that the client has shown for this request; `undefined` for an anonymous one. */
  readonly caller: Certificate | undefined
  readonly forgery: Forgery
  readonly isSaidRevoked: boolean
}

/** A copy of a request on its way over an origin connection. */
export interface Delivery {
  readonly request: ForwardedRequest
  readonly origin: OriginConnection
}

/** What a client asks of the edge. */
export interface ClientRequest {
  readonly connection: ClientConnection
  readonly host: Host
  readonly forgery: Forgery
  readonly forged: Fields
}

/** Turns what clients ask into what the origin gets. */
export class Edge {
  readonly #traits: EdgeTraits
  readonly #revoked = new Set<Certificate>()

  constructor(traits: EdgeTraits) {
    this.#traits = traits
  }

  revoke(certificate: Certificate): void {
    this.#revoked.add(certificate)
  }

  /** `undefined` if the edge refuses the request itself. */
  forward({ connection, host, forgery, forged }: ClientRequest): ForwardedRequest | undefined {
    const caller = host.hasMutualTls ? connection.certificate : undefined
    if (caller?.isVerifiable === false && this.#traits.refusesUnverified) return undefined
    return {
      connection,
      host,
      fields: this.#write(connection, caller, forged),
      caller,
      forgery,
      isSaidRevoked: this.#statusOf(caller) === 'revoked' && this.#traits.transform,
    }
  }

  /** What it sets itself takes the place of a client's; a client's other fields pass, unless it strips. */
  #write(connection: ClientConnection, caller: Certificate | undefined, forged: Fields): Fields {
    const passed = this.#traits.strips ? forged.filter(([name]) => !PAIR.includes(name)) : forged
    return [...new Map([...passed, ...this.#ownFields(connection, caller)])]
  }

  #ownFields(connection: ClientConnection, caller: Certificate | undefined): Fields {
    const { transform, connectionId, clientAddress } = this.#traits
    return [
      ...(caller === undefined ? [] : this.#certificateFields(connection, caller)),
      ...(transform ? transformFields(caller, this.#statusOf(caller)) : []),
      ...(connectionId ? [[CONNECTION_ID_FIELD, connection.id] as const] : []),
      ...(clientAddress ? [[CLIENT_ADDRESS_FIELD, connection.address] as const] : []),
    ]
  }

  #certificateFields(connection: ClientConnection, caller: Certificate): Fields {
    const { forwardsCertificate, forwardsSha256 } = this.#traits
    const isDue = forwardsCertificate === 'on every request' || !connection.isForwarded
    // Sent is sent: whether it arrives is not known here.
    connection.isForwarded = true
    const wanted = isDue ? PAIR : forwardsSha256 === 'on every request' ? [SHA256_FIELD] : []
    return forwardedFields(caller).filter(([name]) => wanted.includes(name))
  }

  #statusOf(certificate: Certificate | undefined): 'valid' | 'unverified' | 'revoked' {
    if (certificate?.isVerifiable === false) return 'unverified'
    return certificate !== undefined && this.#revoked.has(certificate) ? 'revoked' : 'valid'
  }
}
