import type { Tally } from './tally.js'

type Row = readonly (string | number)[]

const HEADINGS: Row = [
  'edge',
  'mode',
  'protocol',
  'requests',
  'right',
  'unknown',
  'marked, right',
  'marked, wrong',
  'wrong',
  'wrong by a socket cache',
]
const NUMBERS_FROM = 3

/** The live matrix: one row for each edge, mode and protocol. */
export class Matrix {
  readonly #rows: Row[] = []

  add([edge, mode, protocol]: readonly [edge: string, mode: string, protocol: string], tally: Tally): void {
    const { requests, right, unknown, markedRight, markedWrong, wrong, naiveWrong } = tally
    const numbers = [requests, right, unknown, markedRight, markedWrong, wrong, naiveWrong]
    this.#rows.push([edge, mode, protocol, ...numbers])
  }

  /** Past jest's console, which would put a stack beside it. */
  print(): void {
    process.stdout.write(`\n${formatTable([HEADINGS, ...this.#rows])}\n`)
  }
}

const formatTable = (rows: readonly Row[]): string => {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  const formatRow = (row: Row): string =>
    row
      .map((cell, column) => {
        const text = String(cell)
        return column < NUMBERS_FROM ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
      })
      .join('  ')
  return rows.map(formatRow).join('\n')
}
