// What nginx itself cannot compute of the client's certificate. For njs 0.7.9 or later, which does not have all of
// today's JavaScript: no destructuring, for one.
import crypto from 'crypto'

/**
 * @typedef {'ssl_client_raw_cert' | 'ssl_protocol' | 'ssl_session_id' | 'connection' | 'connection_requests'} OfNginx
 * @typedef {'certificate_on' | 'sha256_on' | 'client_auth_headers'} OfNginxConf
 * @typedef {{ variables: Partial<Record<OfNginx | OfNginxConf, string>> }} Request
 */

/** @type {(bytes: string | Buffer) => string} */
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex')

/** The certificate is PEM here, and PEM is the base64 of the DER in a frame. @type {(r: Request) => string} */
const derBase64 = (r) => (r.variables.ssl_client_raw_cert || '').replace(/-----[A-Z ]+-----|\s/g, '')

/** @type {(r: Request) => string} */
const thumbprint = (r) => {
  const der = derBase64(r)
  return der === '' ? '' : sha256(Buffer.from(der, 'base64'))
}

/** Client-Cert of RFC 9440. @type {(r: Request) => string} */
const byteSequence = (r) => {
  const der = derBase64(r)
  return der === '' ? '' : `:${der}:`
}

/** @type {(r: Request) => boolean} */
const isForwarding = (r) =>
  r.variables.certificate_on !== 'first-request' || r.variables.connection_requests === '1'

/** Cf-Client-Cert-Der-Base64. @type {(r: Request) => string} */
const certificate = (r) => (isForwarding(r) ? derBase64(r) : '')

/** Cf-Client-Cert-Sha256. @type {(r: Request) => string} */
const certificateSha256 = (r) =>
  isForwarding(r) || r.variables.sha256_on === 'every-request' ? thumbprint(r) : ''

/** Cf-Cert-Sha256. @type {(r: Request) => string} */
const assertedSha256 = (r) => (r.variables.client_auth_headers === 'on' ? thumbprint(r) : '')

/**
 * X-Connection-Id. $connection begins anew when nginx starts. The session id of TLS 1.3 is random, made by nginx
 * for each connection; that of TLS 1.2 may be chosen by the client or shared by resumed connections, so there is
 * no id then. It is hashed because with ssl_session_tickets off it is the ticket.
 * @type {(r: Request) => string}
 */
const connectionId = (r) => {
  const session = r.variables.ssl_protocol === 'TLSv1.3' && r.variables.ssl_session_id
  return session ? sha256(`${r.variables.connection} ${session}`) : ''
}

export default {
  // Of nginx.conf.
  certificate,
  certificateSha256,
  assertedSha256,
  connectionId,
  // Of presets.conf.
  derBase64,
  thumbprint,
  byteSequence,
}
