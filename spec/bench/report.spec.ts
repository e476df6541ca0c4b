import { formatSummary, missedIn, type Check, type Section } from './report.js'

const check = (what: string, value: number, noise: number): Check => ({
  what,
  unit: 'x',
  estimate: { value, low: value - noise, high: value + noise },
  limit: { atMost: 1.5 },
})

const SECTIONS: Section[] = [
  { name: 'one', figures: [], checks: [check('met', 1, 0.1), check('unclear', 1.6, 0.2)] },
  {
    name: 'two',
    figures: [],
    checks: [check('missed', 2, 0.1), { ...check('unchecked', 9, 0), limit: {} }],
  },
]

describe('missedIn', () => {
  it('finds what is missed by more than the noise', () => {
    expect(missedIn(SECTIONS).map(({ what }) => what)).toEqual(['missed'])
  })
})

describe('formatSummary', () => {
  it('is one table of everything that is compared, with what is missed as missed', () => {
    expect(formatSummary(SECTIONS.slice(0, 1)).split('\n')).toEqual([
      '| case | compared | median | noise (99 %) | limit | verdict              |',
      '| ---- | -------- | ------ | ------------ | ----- | -------------------- |',
      '| one  | met      | 1 x    | 0.9 to 1.1   | ≤ 1.5 | met                  |',
      '| one  | unclear  | 1.6 x  | 1.4 to 1.8   | ≤ 1.5 | missed, within noise |',
    ])
    expect(formatSummary(SECTIONS)).toContain('MISSED')
  })
})
