// A Cloudflare Worker that tells the origin, on every request, which client certificate it is from. It sets the
// fields of Cloudflare's sample (from certVerified, which the sample misspells), and what the origin needs besides:
// the certificate, its SHA-256, and an id of the client's connection. README.md says what to set.

/**
 * @typedef {Readonly<Partial<Record<string, string>>>} Strings
 * @typedef {{ readonly tlsClientAuth?: Strings, readonly tlsExportedAuthenticator?: Strings }} Cf
 */

/**
 * Every field that is set here, with an empty text where there is nothing to say.
 * @type {(cf: Cf) => Record<string, string>}
 */
const fieldsOf = ({ tlsClientAuth: client = {}, tlsExportedAuthenticator: handshake = {} }) => {
  const fields = {
    'X-CERT-PRESENTED': client['certPresented'],
    'X-CERT-VERIFY': client['certVerified'],
    'X-CERT-REVOKED': client['certRevoked'],
    'X-CERT-SHA256': client['certFingerprintSHA256'],
    'X-CERT-SUBJECT-DN': client['certSubjectDN'],
    'X-CERT-ISSUER-DN': client['certIssuerDN'],
    'X-CERT-SERIAL': client['certSerial'],
    'X-CERT-NOTBE': client['certNotBefore'],
    'X-CERT-NOTAF': client['certNotAfter'],
    'Client-Cert': client['certRFC9440'],
    'Client-Cert-Chain': client['certChainRFC9440'],
    // Both ends compute these from the keys of their connection: no other client can arrive at the same.
    'X-Connection-Id': [handshake['clientFinished'], handshake['serverFinished']].join(''),
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']))
}

const worker = {
  /**
   * @param {Request & { readonly cf?: Cf }} request
   * @param {{ readonly ORIGIN_SECRET: string }} environment
   */
  fetch(request, environment) {
    const headers = new Headers(request.headers)
    const fields = { ...fieldsOf(request.cf ?? {}), 'X-Origin-Secret': environment.ORIGIN_SECRET }
    for (const [name, value] of Object.entries(fields)) {
      // Whatever a client says about itself goes, also where there is nothing to put in its place.
      if (value === '') headers.delete(name)
      else headers.set(name, value)
    }
    return fetch(new Request(request, { headers }))
  },
}

// The Workers runtime asks for a default export.
export { worker as default }
