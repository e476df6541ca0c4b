import { createCertificateAuthority } from 'mtls-identity/testing'

/**
 * A client, and what the origin is to find out about it: the thumbprint, absent without a certificate.
 * @typedef {{ name: string, thumbprint?: string, cert?: string, key?: string }} Client
 */

/**
 * A client whose certificate was not made up here, with the authority that issued it.
 * @typedef {Client & { ca: string }} GivenClient
 */

/**
 * The clients that take part, and the authorities in PEM that the edge verifies them against.
 * @typedef {{ clients: Record<'first' | 'second' | 'anonymous', Client>, authorities: string[] }} Cast
 */

/**
 * Two clients with certificates and one without; the given one takes the place of alice.
 * @param {GivenClient} [given]
 * @returns {Cast}
 */
export const createCast = (given) => {
  const authority = createCertificateAuthority({ subject: { commonName: 'Demo CA' } })
  /** @param {string} name */
  const mint = (name) => {
    const { chain, privateKey, thumbprint } = authority.issue({ subject: { commonName: name } })
    return { name, cert: chain, key: privateKey, thumbprint }
  }
  return {
    clients: { first: given ?? mint('alice'), second: mint('bob'), anonymous: { name: 'nobody' } },
    authorities: [authority.certificate, ...(given === undefined ? [] : [given.ca])],
  }
}
