import { readFileSync, writeFileSync } from 'node:fs'

/** Bytes that a request may allocate, by path. They depend on V8, so they are those of one version of Node. */
export interface Budget {
  readonly nodeMajor: number
  readonly bytes: Readonly<Record<string, number>>
}

/** Several times what a measurement varies by, and less than an empty list takes. */
export const TOLERANCE_BYTES = 24

const FILE = 'spec/bench/allocations/budget.json'

export const readBudget = (): Budget => JSON.parse(readFileSync(FILE, 'utf8')) as Budget

export const writeBudget = (budget: Budget): void => {
  writeFileSync(FILE, `${JSON.stringify(budget, undefined, 2)}\n`)
}

export type BudgetVerdict = 'within' | 'OVER' | 'below: write it down'

/** What a measurement is by a budget; a path that the budget does not have is over it. */
export const judgeBytes = (bytes: number, budget = 0): BudgetVerdict => {
  if (bytes > budget + TOLERANCE_BYTES) return 'OVER'
  return bytes < budget - TOLERANCE_BYTES ? 'below: write it down' : 'within'
}
