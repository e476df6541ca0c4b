import { clientAuthFields } from './client-auth-fields.js'
import type { ClientConnection } from './client-connection.js'
import type { EdgeSettings } from './edge-options.js'
import type { FieldLine } from './field-lines.js'
import { thumbprintOf } from './thumbprint.js'

const forwardedCertificate = (connection: ClientConnection, settings: EdgeSettings): FieldLine[] => {
  const isFirst = connection.takeFirstRequest()
  if (connection.certificate === undefined) return []
  const { raw } = connection.certificate
  const sha256: FieldLine = ['Cf-Client-Cert-Sha256', thumbprintOf(raw)]
  if (settings.forward === 'every-request' || (settings.forward === 'first-request' && isFirst)) {
    return [['Cf-Client-Cert-Der-Base64', raw.toString('base64')], sha256]
  }
  return settings.sha256OnEveryRequest ? [sha256] : []
}

/** What the edge says on the next request of this client connection about it and its certificate. */
export function clientCertificateFields(connection: ClientConnection, settings: EdgeSettings): FieldLine[] {
  const { clientAuthHeaders, connectionIdField, oracleField, revoked } = settings
  const { certificate, id } = connection
  const lines = forwardedCertificate(connection, settings)
  if (clientAuthHeaders) lines.push(...clientAuthFields(connection, revoked))
  if (connectionIdField !== undefined) lines.push([connectionIdField, id])
  if (oracleField !== undefined && certificate !== undefined) {
    lines.push([oracleField, thumbprintOf(certificate.raw)])
  }
  return lines
}
