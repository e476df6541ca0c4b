import { judgeBytes, readBudget, type BudgetVerdict } from './budget.js'

describe('judgeBytes', () => {
  it.each<[what: string, bytes: number, budget: number | undefined, expected: BudgetVerdict]>([
    ['what is allowed', 1_000, 1_000, 'within'],
    ['a few bytes of noise', 1_020, 1_000, 'within'],
    ['one closure more (64 bytes)', 1_064, 1_000, 'OVER'],
    ['one empty list more (32 bytes)', 1_032, 1_000, 'OVER'],
    ['a path that nobody has set a budget for', 1_000, undefined, 'OVER'],
    ['one closure less', 936, 1_000, 'below: write it down'],
  ])('%s', (_what, bytes, budget, expected) => {
    expect(judgeBytes(bytes, budget)).toBe(expected)
  })
})

describe('readBudget', () => {
  it('allows a few kilobytes for a request of a client that is known', () => {
    const { bytes } = readBudget()
    for (const path of ['by thumbprint', 'by connection id', 'certificate again']) {
      expect(bytes[path]).toBeGreaterThan(100)
      expect(bytes[path]).toBeLessThan(5_000)
    }
  })
})
