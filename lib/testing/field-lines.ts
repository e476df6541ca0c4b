/** One field line (RFC 9110 section 5.2): a repeated field is several of them. */
export type FieldLine = readonly [name: string, value: string]

const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'],
  // Trailers are not forwarded, so nobody is to wait for them.
  'trailer',
]

/** The lines in `rawHeaders`, in the order and the case in which they came. */
export function toFieldLines(rawHeaders: readonly string[]): FieldLine[] {
  const lines: FieldLine[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(rawHeaders.slice(index, index + 2) as [string, string])
  }
  return lines
}

/** The lines without these fields, whose names are compared without regard to case. */
export function withoutFields(lines: readonly FieldLine[], names: Iterable<string>): FieldLine[] {
  const removed = new Set([...names].map((name) => name.toLowerCase()))
  return lines.filter(([name]) => !removed.has(name.toLowerCase()))
}

/** The lines that are not for the next hop only (RFC 9110 section 7.6.1), nor HTTP/2's pseudo-fields. */
export function endToEnd(lines: readonly FieldLine[]): FieldLine[] {
  const options = lines
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((option) => option.trim())
  const named = withoutFields(lines, [...HOP_BY_HOP, ...options])
  return named.filter(([name]) => !name.startsWith(':'))
}
