/**
 * What became of one request. `right`: the caller's certificate, or nobody where there is none. `unknown`:
 * the caller has a certificate, and no identity was found. `outdated`: an earlier certificate of the same
 * client connection, of whose renewal the edge did not get to tell. `wrong`: somebody else, with an empty
 * list of problems; `wrong, marked`: somebody else, with a problem. `refused`: an error of status 400.
 */
export const OUTCOMES = ['right', 'unknown', 'outdated', 'wrong, marked', 'wrong', 'refused'] as const

export type Outcome = (typeof OUTCOMES)[number]

export interface Count {
  readonly outcome: Outcome
  /** Whether there was an identity with an empty list of problems. */
  readonly isAuthorisable: boolean
}

const COLUMNS = [...OUTCOMES, 'authorisable'] as const
type Column = (typeof COLUMNS)[number]

/** Counts requests by what became of them, in rows that are made as they are needed. */
export class Tally {
  readonly #rows = new Map<string, Map<Column, number>>()

  constructor(readonly title: string) {}

  add(name: string, { outcome, isAuthorisable }: Count): void {
    const row = this.#rows.get(name) ?? new Map<Column, number>()
    this.#rows.set(name, row)
    row.set(outcome, (row.get(outcome) ?? 0) + 1)
    if (isAuthorisable) row.set('authorisable', (row.get('authorisable') ?? 0) + 1)
  }

  count(name: string, column: Column): number {
    return this.#rows.get(name)?.get(column) ?? 0
  }

  total(column: Column): number {
    return [...this.#rows.keys()].reduce((sum, name) => sum + this.count(name, column), 0)
  }

  format(): string {
    const head = [this.title, 'requests', ...COLUMNS]
    const table = [head, ...[...this.#rows.keys()].sort().map((name) => this.#formatRow(name))]
    const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
    const align = (cell: string, column: number): string =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
    return table.map((row) => row.map(align).join('  ')).join('\n')
  }

  #formatRow(name: string): string[] {
    const requests = OUTCOMES.reduce((sum, outcome) => sum + this.count(name, outcome), 0)
    const counts = [requests, ...COLUMNS.map((column) => this.count(name, column))]
    return [name, ...counts.map((count) => count.toLocaleString('en-US'))]
  }
}
