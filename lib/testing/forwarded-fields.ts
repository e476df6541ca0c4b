import { clientCertificateFields } from './client-certificate-fields.js'
import type { ClientConnection } from './client-connection.js'
import { type ClientRequest, isHttp2 } from './client-exchange.js'
import type { EdgeSettings } from './edge-options.js'
import { endToEnd, type FieldLine, toFieldLines, withoutFields } from './field-lines.js'

const OWN_FIELDS = /^cf-(client-)?cert-/i

/** A request's fields, and the settings of the edge they go through. */
export interface Forwarding {
  readonly request: ClientRequest
  readonly connection: ClientConnection
  readonly settings: EdgeSettings
}

const clientLines = ({ request, settings }: Forwarding): FieldLine[] => {
  const { clientFields, connectionIdField = '', oracleField = '' } = settings
  const lines = withoutFields(endToEnd(toFieldLines(request.rawHeaders)), [oracleField])
  if (clientFields === 'pass') return lines
  return withoutFields(lines, [connectionIdField]).filter(([name]) => !OWN_FIELDS.test(name))
}

/** A body whose length the client did not say needs chunks in HTTP/1.1, whatever the method. */
const hasUnknownLength = (request: ClientRequest): boolean => {
  if (!isHttp2(request)) return 'transfer-encoding' in request.headers
  return !request.stream.endAfterHeaders && !('content-length' in request.headers)
}

const routingLines = ({ request, connection, settings }: Forwarding): FieldLine[] => {
  const host = isHttp2(request) ? request.authority : request.headers.host
  const { cookie, 'x-forwarded-for': forwardedFor = [] } = request.headers
  const lines: FieldLine[] = [
    ['Host', host ?? settings.origin.host],
    ['Cf-Connecting-IP', connection.address],
    ['X-Forwarded-For', [forwardedFor, connection.address].flat().join(', ')],
  ]
  // HTTP/2 may split cookies, HTTP/1.1 must not (RFC 9113 section 8.2.3).
  if (cookie !== undefined) lines.push(['Cookie', cookie])
  if (hasUnknownLength(request)) lines.push(['Transfer-Encoding', 'chunked'])
  return lines
}

/** The field lines for the origin; what the edge says replaces what the client said in the same field. */
export function forwardedFields(forwarding: Forwarding): FieldLine[] {
  const { connection, settings } = forwarding
  const edgeLines = [...routingLines(forwarding), ...clientCertificateFields(connection, settings)]
  const edgeNames = edgeLines.map(([name]) => name)
  return [...edgeLines, ...withoutFields(clientLines(forwarding), edgeNames)]
}
