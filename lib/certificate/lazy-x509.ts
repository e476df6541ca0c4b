import { inspect } from 'node:util'
import { X509Certificate } from './x509.js'

/** Where a certificate comes from when something is asked of it. */
export interface CertificateSource {
  /** The certificate, parsed now unless it is held in memory. */
  readonly parsed: X509Certificate
}

/**
 * A certificate of @peculiar/x509 that is parsed when something is asked of it, and can be told from the parsed one
 * only by this: nobody can set its properties, for all requests of a client share it. As a request must have it
 * before anybody asks, the alternative is an accessor on every request, which takes V8 as long to define as
 * half of all that is done for the request.
 */
export const lazyX509 = (source: CertificateSource): X509Certificate =>
  new Proxy(SHAPE, new ParsedOnUse(source))

/** What is known of every certificate before it is parsed: its class. */
const SHAPE = Object.create(X509Certificate.prototype, {
  // Node prints what is behind a proxy.
  [inspect.custom]: {
    configurable: true,
    value(this: X509Certificate) {
      return Object.assign(Object.create(X509Certificate.prototype) as X509Certificate, this)
    },
  },
}) as X509Certificate

class ParsedOnUse implements ProxyHandler<X509Certificate> {
  readonly #source: CertificateSource

  constructor(source: CertificateSource) {
    this.#source = source
  }

  get(_shape: X509Certificate, key: string | symbol): unknown {
    const { parsed } = this.#source
    const value: unknown = Reflect.get(parsed, key)
    // A method finds its private members only on the certificate that was parsed.
    return isMethod(value, key) ? value.bind(parsed) : value
  }

  has(_shape: X509Certificate, key: string | symbol): boolean {
    return Reflect.has(this.#source.parsed, key)
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#source.parsed)
  }

  getOwnPropertyDescriptor(_shape: X509Certificate, key: string | symbol): PropertyDescriptor | undefined {
    return Reflect.getOwnPropertyDescriptor(this.#source.parsed, key)
  }

  set(): boolean {
    return false
  }

  defineProperty(): boolean {
    return false
  }

  deleteProperty(): boolean {
    return false
  }

  setPrototypeOf(): boolean {
    return false
  }

  preventExtensions(): boolean {
    return false
  }
}

const isMethod = (value: unknown, key: string | symbol): value is (...args: unknown[]) => unknown =>
  typeof value === 'function' && key !== 'constructor'
