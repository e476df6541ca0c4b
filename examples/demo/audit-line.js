/**
 * A record as a line to read: every text in it has been escaped by the audit log.
 * @param {any} record
 */
export const formatRecord = (record) => {
  const { time, status = '---', method, route = '-', durationMs, evidence = '-', problems = [] } = record
  const request = `${time.slice(11, 23)}  ${status} ${method} ${route.padEnd(6)} ${durationMs.toFixed(1).padStart(6)} ms`
  return [request, evidence.padEnd(11), describeClient(record), ...problems].join('  ').trimEnd()
}

/** @param {any} record */
const describeClient = ({ client, presented, inferred }) => {
  if (client !== undefined) return nameOf(client)
  if (presented !== undefined) return `not ${nameOf(presented)}`
  return inferred === undefined ? '-' : `perhaps ${nameOf(inferred)}`
}

/** @param {{ subject: string, thumbprint: string }} facts */
const nameOf = ({ subject, thumbprint }) => `${subject} (${thumbprint.slice(0, 8)})`
